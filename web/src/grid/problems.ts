// Everything that wants attention, in reading order, to list and to jump to.
import type { Fault } from './entry';
import type { CellId, Level } from './model';
import type { Place } from './selection';
import type { Sheet } from './sheet';

export interface Problem { cell: CellId; place: Place; level: Level; text?: string; fault?: Fault; settled?: boolean }

export function problemsAt(sheet: Sheet, cell: CellId): Problem[] {
  const place = sheet.placeOf(cell);
  if (!place) return [];
  const fault = sheet.faultOf(cell);
  const own: Problem[] = fault ? [{ cell, place, level: 'error', fault }] : [];
  return [...own, ...sheet.messagesOf(cell).map((one) => ({ cell, place, level: one.level, text: one.text, settled: sheet.isSettled(one) }))];
}

export function problemsOf(sheet: Sheet): Problem[] {
  const cells = new Set<CellId>([...sheet.faults.keys(), ...sheet.messageCells]);
  return [...cells].flatMap((cell) => problemsAt(sheet, cell)).filter((one) => !one.settled)
    .sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
}

export const placesOf = (problems: readonly Problem[]): number => new Set(problems.map((one) => one.cell)).size;

const isAfter = (place: Place, from: Place): boolean => place.row > from.row || (place.row === from.row && place.column > from.column);

// The next one after a place, or the one before it, round the end; null when there is none. The list is in reading order.
export function nextOf<T extends { place: Place }>(list: readonly T[], from: Place): T | null {
  return list.find(({ place }) => isAfter(place, from)) ?? list[0] ?? null;
}
export function previousOf<T extends { place: Place }>(list: readonly T[], from: Place): T | null {
  return [...list].reverse().find(({ place }) => isAfter(from, place)) ?? list[list.length - 1] ?? null;
}

// The cells that differ from the version before, in reading order.
export function changesIn(sheet: Sheet, cells: Iterable<CellId>): { place: Place }[] {
  return [...cells].flatMap((cell) => { const place = sheet.placeOf(cell); return place ? [{ place }] : []; })
    .sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
}
