// The selected block: a fixed anchor and the active cell that moves. Plain values; every function gives a new one.
export interface Place { row: number; column: number }
export interface Selection { anchor: Place; active: Place }
export interface Range { top: number; left: number; bottom: number; right: number }
export interface Bounds { rows: number; columns: number }

export const at = (row: number, column: number): Selection => ({ anchor: { row, column }, active: { row, column } });

export function rangeOf({ anchor, active }: Selection): Range {
  return {
    top: Math.min(anchor.row, active.row), left: Math.min(anchor.column, active.column),
    bottom: Math.max(anchor.row, active.row), right: Math.max(anchor.column, active.column),
  };
}

export const isSingle = (selection: Selection): boolean =>
  selection.anchor.row === selection.active.row && selection.anchor.column === selection.active.column;

export const contains = (range: Range, row: number, column: number): boolean =>
  row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;

export function placesOf(range: Range): Place[] {
  const places: Place[] = [];
  for (let row = range.top; row <= range.bottom; row += 1)
    for (let column = range.left; column <= range.right; column += 1) places.push({ row, column });
  return places;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
export const within = (place: Place, bounds: Bounds): Place => ({ row: clamp(place.row, bounds.rows), column: clamp(place.column, bounds.columns) });

export function keepWithin(selection: Selection, bounds: Bounds): Selection {
  return { anchor: within(selection.anchor, bounds), active: within(selection.active, bounds) };
}

export function goTo(selection: Selection, place: Place, bounds: Bounds, extend = false): Selection {
  const active = within(place, bounds);
  return { anchor: extend ? selection.anchor : active, active };
}

export const moveBy = (selection: Selection, rows: number, columns: number, bounds: Bounds, extend = false): Selection =>
  goTo(selection, { row: selection.active.row + rows, column: selection.active.column + columns }, bounds, extend);

// The next cell of the tab order; null at either end, where Tab leaves the grid.
export function tabOn(selection: Selection, bounds: Bounds, back: boolean): Selection | null {
  const index = selection.active.row * bounds.columns + selection.active.column + (back ? -1 : 1);
  if (index < 0 || index >= bounds.rows * bounds.columns) return null;
  return at(Math.floor(index / bounds.columns), index % bounds.columns);
}

export const all = (bounds: Bounds): Selection => ({ anchor: { row: bounds.rows - 1, column: bounds.columns - 1 }, active: { row: 0, column: 0 } });
