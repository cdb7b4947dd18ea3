// What people do to a grid, as edits of one step each: type, clear, paste, fill down, add and remove rows, copy.
import { parseUnits, formatUnits } from './decimal';
import { parseTsv, writeTsv } from './clipboard';
import { nil } from './evaluate';
import { isEmpty, type Change, type Edit } from './history';
import { cellId, type Column, type GridRow } from './model';
import { placesOf, rangeOf, type Place, type Range, type Selection } from './selection';
import type { Sheet } from './sheet';

// No change where the value stays.
function changeAt(sheet: Sheet, place: Place, after: string): Change[] {
  const cell = sheet.idAt(place);
  const before = sheet.value(cell);
  return before === after ? [] : [{ cell, before, after }];
}

// False when the cell is locked or already holds that.
export function type(sheet: Sheet, place: Place, text: string): boolean {
  if (sheet.isLockedAt(place)) return false;
  return sheet.apply({ changes: changeAt(sheet, place, sheet.entered(text, place.column)) });
}

// How many locked cells were passed over.
export function clear(sheet: Sheet, range: Range): number {
  const filled = placesOf(range).filter((place) => sheet.valueAt(place) !== '');
  const open = filled.filter((place) => !sheet.isLockedAt(place));
  sheet.apply({ changes: open.flatMap((place) => changeAt(sheet, place, '')) });
  return filled.length - open.length;
}

// Copies the first row of the block down, as Ctrl+D; a single row takes the one above it.
export function fillDown(sheet: Sheet, range: Range): number {
  const source = range.top === range.bottom ? range.top - 1 : range.top;
  if (source < 0) return 0;
  const targets = placesOf({ ...range, top: source + 1 });
  const open = targets.filter((place) => !sheet.isLockedAt(place));
  sheet.apply({ changes: open.flatMap((place) => changeAt(sheet, place, sheet.valueAt({ row: source, column: place.column }))) });
  return targets.length - open.length;
}

export interface PasteReport { pasted: number; locked: number; cutOff: number; grown: number; range: Range }

// One cell on the clipboard fills the whole selection; a block goes down and right from its first cell.
function blockFor(text: string, selection: Range): string[][] {
  const block = parseTsv(text);
  const single = block.length === 1 && block[0]!.length === 1;
  if (!single) return block;
  const row = Array.from({ length: selection.right - selection.left + 1 }, () => block[0]![0]!);
  return Array.from({ length: selection.bottom - selection.top + 1 }, () => row);
}

// Locked cells are passed over and counted; a ledger grows the rows it needs, a fixed table cuts off and says so.
export function paste(sheet: Sheet, selection: Selection, text: string): PasteReport {
  const corner = rangeOf(selection);
  const block = blockFor(text, corner);
  const width = Math.max(...block.map((row) => row.length));
  const missing = Math.max(0, corner.top + block.length - sheet.rows.length);
  const added = sheet.grows ? sheet.newRows(missing) : [];
  const report: PasteReport = {
    pasted: 0, locked: 0, cutOff: 0, grown: added.length,
    range: {
      top: corner.top, left: corner.left,
      bottom: Math.min(corner.top + block.length, sheet.rows.length + added.length) - 1,
      right: Math.min(corner.left + width, sheet.columns.length) - 1,
    },
  };
  const changes = block.flatMap((cells, row) => cells.flatMap((typed, column) =>
    pasteCell(sheet, added, { row: corner.top + row, column: corner.left + column }, typed, report)));
  sheet.apply({ changes, ...(added.length > 0 && { added: { index: sheet.rows.length, rows: added } }) });
  return report;
}

function pasteCell(sheet: Sheet, added: GridRow[], place: Place, typed: string, report: PasteReport): Change[] {
  const column = sheet.columns[place.column];
  const fresh = added[place.row - sheet.rows.length];
  if (!column || (place.row >= sheet.rows.length && !fresh)) {
    if (typed !== '') report.cutOff += 1;
    return [];
  }
  if (fresh ? column.locked : sheet.isLockedAt(place)) {
    if (typed !== '') report.locked += 1;
    return [];
  }
  report.pasted += 1;
  const after = sheet.entered(typed, place.column);
  if (!fresh) return changeAt(sheet, place, after);
  return after === '' ? [] : [{ cell: cellId(fresh, column), before: '', after }];
}

export function addRows(sheet: Sheet, index: number, count = 1): void {
  sheet.apply({ changes: [], added: { index, rows: sheet.newRows(count) } });
}

// The rows' values go with them and come back with undo. Only in a ledger.
export function removeRows(sheet: Sheet, top: number, bottom: number): boolean {
  if (!sheet.grows) return false;
  const rows = sheet.rows.slice(top, bottom + 1);
  const changes = rows.flatMap((_row, offset) => sheet.columns.flatMap((column) =>
    changeAt(sheet, { row: top + offset, column: column.index }, '')));
  const edit: Edit = { changes, removed: { index: top, rows } };
  return !isEmpty(edit) && sheet.apply(edit);
}

export const isBlankRow = (sheet: Sheet, row: number): boolean =>
  sheet.columns.every((column) => sheet.valueAt({ row, column: column.index }) === '');

// What a cell reads as: the label of a choice, 无 for nil, otherwise what it holds.
export function readable(value: string, column: Column): string {
  if (column.type === 'number' && value === nil) return '无';
  if (column.type === 'choice') return column.choices?.find((choice) => choice.value === value)?.label ?? value;
  return value;
}

export function copyText(sheet: Sheet, range: Range): string {
  const rows: string[][] = [];
  for (let row = range.top; row <= range.bottom; row += 1) {
    const columns = sheet.columns.slice(range.left, range.right + 1);
    rows.push(columns.map((column) => readable(sheet.valueAt({ row, column: column.index }), column)));
  }
  return writeTsv(rows);
}

// Count of filled cells, and the exact sum of those that are numbers; the sum is null when none is.
export function summary(sheet: Sheet, range: Range): { count: number; sum: string | null } {
  const filled = placesOf(range).filter((place) => sheet.valueAt(place) !== '');
  const decimals = Math.max(0, ...sheet.columns.slice(range.left, range.right + 1).map((column) => column.decimals));
  const figures = filled.filter(({ column }) => sheet.columns[column]!.type === 'number')
    .map((place) => parseUnits(sheet.valueAt(place), decimals)).filter((units): units is bigint => units !== null);
  const sum = figures.length === 0 ? null : formatUnits(figures.reduce((total, units) => total + units, 0n), decimals);
  return { count: filled.length, sum };
}
