import { describe, expect, it } from 'vitest';
import { headCells, headHeights } from './head';
import type { HeadNode } from './model';
import { scrollInto, windowOf } from './virtual';
import { at, keepWithin, moveBy, tabOn } from './selection';

const head: HeadNode[] = [
  { id: 'a', title: '检查企业' },
  { id: 'b', title: '隐患', children: [{ id: 'b1', title: '排查' }, { id: 'b2', title: '重大', children: [{ id: 'b21', title: '数量' }, { id: 'b22', title: '整改', ofWhich: true }] }] },
];

describe('a head of three rows', () => {
  it('cells span as on the paper form', () => {
    const shape = headCells(head).map((cells) => cells.map(({ id, column, rowSpan, columnSpan }) => [id, column, rowSpan, columnSpan]));
    expect(shape).toEqual([
      [['a', 0, 3, 1], ['b', 1, 1, 3]],
      [['b1', 1, 2, 1], ['b2', 2, 1, 2]],
      [['b21', 2, 1, 1], ['b22', 3, 1, 1]],
    ]);
  });

  it('every place of the head is covered once', () => {
    const cells = headCells(head).flat();
    for (let row = 0; row < 3; row += 1)
      for (let column = 0; column < 4; column += 1)
        expect(cells.filter((one) => row >= one.row && row < one.row + one.rowSpan && column >= one.column && column < one.column + one.columnSpan)).toHaveLength(1);
  });

  it('long titles make their row taller, and only as much as needed', () => {
    const rows = headCells(head);
    expect(headHeights(rows, [80, 80, 80, 80])).toEqual([28, 28, 28]);
    const long = headCells([{ id: 'x', title: '重大事故隐患自查自改数量（个）' }, ...head]);
    const heights = headHeights(long, [60, 80, 80, 80, 80]);
    expect(heights.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(5 * 18);
  });
});

describe('rows in sight', () => {
  it('only they and a few more are drawn, and the height stays that of all', () => {
    const drawn = windowOf(28 * 5_000, 560, 28, 10_000);
    expect(drawn.end - drawn.first).toBeLessThan(40);
    expect(drawn.before + (drawn.end - drawn.first) * 28 + drawn.after).toBe(28 * 10_000);
    expect(windowOf(0, 560, 28, 3)).toEqual({ first: 0, end: 3, before: 0, after: 0 });
    expect(windowOf(28 * 50, 560, 28, 0)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
  });

  it('scrolling stops as soon as the cell is in sight', () => {
    expect(scrollInto(0, 280, 308, 500, 100)).toBe(0);
    expect(scrollInto(0, 500, 528, 500, 100)).toBe(128);
    expect(scrollInto(300, 28, 56, 500, 100)).toBe(28);
  });
});

describe('moving about', () => {
  const bounds = { rows: 3, columns: 2 };

  it('stops at the edges and extends from the anchor', () => {
    expect(moveBy(at(0, 0), -1, -1, bounds)).toEqual(at(0, 0));
    expect(moveBy(at(1, 1), 9, 9, bounds, true)).toEqual({ anchor: { row: 1, column: 1 }, active: { row: 2, column: 1 } });
  });

  it('Tab goes on in the next row and leaves at the end', () => {
    expect(tabOn(at(0, 1), bounds, false)).toEqual(at(1, 0));
    expect(tabOn(at(1, 0), bounds, true)).toEqual(at(0, 1));
    expect(tabOn(at(2, 1), bounds, false)).toBeNull();
    expect(tabOn(at(0, 0), bounds, true)).toBeNull();
  });

  it('comes back inside when rows went away', () => expect(keepWithin(at(9, 1), bounds)).toEqual(at(2, 1)));
});
