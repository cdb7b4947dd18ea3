// Everything that wants attention, in reading order, to list and to jump to.
import type { Fault } from './entry';
import type { CellId, Level } from './model';
import type { Place } from './selection';
import type { Sheet } from './sheet';

export interface Problem { cell: CellId; place: Place; level: Level; text?: string; fault?: Fault }

export function problemsAt(sheet: Sheet, cell: CellId): Problem[] {
  const place = sheet.placeOf(cell);
  if (!place) return [];
  const fault = sheet.faultOf(cell);
  const own: Problem[] = fault ? [{ cell, place, level: 'error', fault }] : [];
  return [...own, ...sheet.messagesOf(cell).map(({ level, text }) => ({ cell, place, level, text }))];
}

export function problemsOf(sheet: Sheet): Problem[] {
  const cells = new Set<CellId>([...sheet.faults.keys(), ...sheet.messageCells]);
  return [...cells].flatMap((cell) => problemsAt(sheet, cell))
    .sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
}

// The next one after a place, round the end; null when there is none.
export function nextProblem(problems: readonly Problem[], from: Place): Problem | null {
  const after = problems.find(({ place }) => place.row > from.row || (place.row === from.row && place.column > from.column));
  return after ?? problems[0] ?? null;
}
