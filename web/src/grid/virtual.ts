// Which rows are drawn: those in sight and a few around them. All rows are equally tall.
export interface Window { first: number; end: number; before: number; after: number }  // rows [first, end), pixels of the two spacers

const spare = 8;

export function windowOf(scrollTop: number, height: number, rowHeight: number, rows: number): Window {
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / rowHeight)) - spare);
  const end = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first, end, before: first * rowHeight, after: (rows - end) * rowHeight };
}

// Where to scroll so that [from, to) is in the middle of what is in sight between the fixed parts: a jump, where one has to find the place.
export function scrollToMiddle(from: number, to: number, size: number, fixed: number): number {
  return Math.max(0, Math.round((from + to - (size - fixed)) / 2));
}

// Where to scroll so that [from, to) is in sight between the fixed parts; unchanged when it is already.
export function scrollInto(scroll: number, from: number, to: number, size: number, fixed: number): number {
  if (from < scroll) return Math.max(0, from);
  const room = size - fixed;
  return to > scroll + room ? to - room : scroll;
}
