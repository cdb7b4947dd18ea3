import { describe, expect, it, vi } from 'vitest';
import { addRows, clear, copyText, fillDown, paste, readable, removeRows, summary, type } from './deeds';
import type { Ast } from './evaluate';
import type { GridRow, HeadNode, SheetModel } from './model';
import { changesIn, nextOf, placesOf, previousOf, problemsOf } from './problems';
import { at, rangeOf, type Range } from './selection';
import { Sheet } from './sheet';

const row = (id: string, kind: GridRow['kind'] = 'data'): GridRow => ({ id, title: id, kind, depth: 0 });
const columns: HeadNode[] = [
  { id: 'found', title: '排查', children: [{ id: 'all', title: '总数' }, { id: 'major', title: '重大', ofWhich: true }] },
  { id: 'fixed', title: '整改' },
  { id: 'rate', title: '整改率', locked: true },
];
const cellOf = (id: string): Ast => ({ op: 'cell', args: [id] });

function table(over: Partial<SheetModel> = {}): Sheet {
  return new Sheet({
    columns, rows: [row('g', 'group'), row('r1'), row('r2'), row('t', 'total')],
    values: { 'r1.all': '4', 'r1.fixed': '3' },
    formulas: {
      't.all': { ast: { op: 'sum', args: [cellOf('r1.all'), cellOf('r2.all')] }, scale: 0 },
      'r1.rate': { ast: { op: 'rate', args: [cellOf('r1.fixed'), cellOf('r1.all')] }, scale: 0 },
    },
    ...over,
  });
}

function ledger(rows = 10): Sheet {
  let next = 100;
  const head: HeadNode[] = Array.from({ length: 9 }, (_, index) => ({ id: `c${index}`, title: `第${index}列`, type: index === 0 ? 'text' : 'number' }));
  return new Sheet({ columns: head, rows: Array.from({ length: rows }, (_, index) => row(`n${index}`)), values: {}, grows: true, newRowId: () => `n${next++}` });
}

const only = (row_: number, column: number): Range => rangeOf(at(row_, column));
const block = (rows: number, columns_: number, cell: (row: number, column: number) => string): string =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns_ }, (_c, c) => cell(r, c)).join('\t')).join('\r\n') + '\r\n';

describe('a statistics table', () => {
  it('figures follow what is typed', () => {
    const sheet = table();
    expect([sheet.value('t.all'), sheet.value('r1.rate')]).toEqual(['4', '75.0']);
    type(sheet, { row: 2, column: 0 }, '１０');
    expect(sheet.value('t.all')).toBe('14');
    type(sheet, { row: 1, column: 0 }, '');
    expect([sheet.value('t.all'), sheet.value('r1.rate')]).toEqual(['10', '']);
  });

  it('nobody types a rate, a total or a heading', () => {
    const sheet = table();
    for (const place of [{ row: 1, column: 3 }, { row: 3, column: 0 }, { row: 0, column: 0 }]) expect(type(sheet, place, '9')).toBe(false);
    expect(sheet.values()).toEqual({ 'r1.all': '4', 'r1.fixed': '3' });
  });

  it('a paste passes over locked cells, cuts off what lies beyond, and says both', () => {
    const sheet = table();
    const report = paste(sheet, at(1, 1), block(4, 4, (r, c) => String(r * 10 + c)));
    expect(report).toMatchObject({ pasted: 6, locked: 3, cutOff: 7, grown: 0 });
    expect([sheet.value('r1.major'), sheet.value('r2.fixed'), sheet.value('t.fixed')]).toEqual(['0', '11', '21']);
    expect(sheet.bounds.rows).toBe(4);
  });

  it('a paste is one step of undo, and redo brings it back', () => {
    const sheet = table();
    paste(sheet, at(1, 0), block(2, 3, () => '7'));
    expect(sheet.value('t.all')).toBe('14');
    sheet.undo();
    expect(sheet.values()).toEqual({ 'r1.all': '4', 'r1.fixed': '3' });
    expect(sheet.canUndo).toBe(false);
    sheet.redo();
    expect(sheet.value('r2.fixed')).toBe('7');
  });

  it('a new edit after undo ends what could be redone', () => {
    const sheet = table();
    type(sheet, { row: 1, column: 1 }, '1');
    sheet.undo();
    type(sheet, { row: 1, column: 1 }, '2');
    expect(sheet.canRedo).toBe(false);
    expect(sheet.redo()).toBeNull();
  });

  it('one copied cell fills the whole selection', () => {
    const sheet = table();
    expect(paste(sheet, { anchor: { row: 1, column: 0 }, active: { row: 2, column: 1 } }, '0').pasted).toBe(4);
    expect([sheet.value('r2.major'), sheet.value('t.all')]).toEqual(['0', '0']);
  });

  it('fill down copies the first row of the block, locked cells stay', () => {
    const sheet = table();
    expect(fillDown(sheet, { top: 1, bottom: 3, left: 0, right: 2 })).toBe(1);
    expect([sheet.value('r2.all'), sheet.value('r2.fixed'), sheet.value('t.fixed'), sheet.value('t.all')]).toEqual(['4', '3', '3', '8']);
    sheet.undo();
    expect(sheet.value('r2.fixed')).toBe('');
  });

  it('fill down on one row takes the row above', () => {
    const sheet = table();
    fillDown(sheet, only(2, 2));
    expect(sheet.value('r2.fixed')).toBe('3');
  });

  it('typing the same again is no step', () => {
    const sheet = table();
    expect(type(sheet, { row: 1, column: 0 }, '４')).toBe(false);
    expect(sheet.canUndo).toBe(false);
  });

  it('clear empties what is open and counts what is not', () => {
    const sheet = table();
    expect(clear(sheet, { top: 1, bottom: 3, left: 0, right: 2 })).toBe(1);
    expect(sheet.values()).toEqual({});
  });

  it('listeners hear of each step, until they stop listening', () => {
    const sheet = table();
    const heard = vi.fn();
    const stop = sheet.listen(heard);
    type(sheet, { row: 1, column: 1 }, '2');
    expect(heard).toHaveBeenCalledWith({ changes: [{ cell: 'r1.major', before: '', after: '2' }] });
    stop();
    sheet.undo();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('a figure from last window keeps its origin, and shows when it was typed over', () => {
    const sheet = table({ sources: { 'r1.all': 'last_window' } });
    expect(sheet.originOf('r1.all')).toEqual({ source: 'last_window', value: '4', overridden: false });
    type(sheet, { row: 1, column: 0 }, '5');
    expect(sheet.originOf('r1.all')).toEqual({ source: 'last_window', value: '4', overridden: true });
    expect(sheet.originOf('t.all')?.source).toBe('formula');
    expect(sheet.originOf('r2.all')).toBeNull();
  });
});

describe('a ledger', () => {
  it('a block of 50 by 9 grows the rows it needs, quoted line ends and a bad number included', () => {
    const sheet = ledger(10);
    const text = block(50, 9, (r, c) => {
      if (c === 0) return r === 3 ? '"两\r\n行"' : `企业${r}`;
      return r === 7 && c === 4 ? '约30' : String(r * 100 + c);
    });
    const report = paste(sheet, at(0, 0), text);
    expect(report).toMatchObject({ pasted: 450, grown: 40, locked: 0, cutOff: 0, range: { top: 0, left: 0, bottom: 49, right: 8 } });
    expect(sheet.bounds.rows).toBe(50);
    expect(sheet.valueAt({ row: 3, column: 0 })).toBe('两\n行');
    expect(sheet.valueAt({ row: 49, column: 8 })).toBe('4908');
    expect(problemsOf(sheet)).toMatchObject([{ place: { row: 7, column: 4 }, level: 'error', fault: { key: 'grid.invalidNumber', value: '约30' } }]);
    sheet.undo();
    expect([sheet.bounds.rows, Object.keys(sheet.values()).length, problemsOf(sheet).length]).toEqual([10, 0, 0]);
    sheet.redo();
    expect([sheet.bounds.rows, sheet.valueAt({ row: 49, column: 8 })]).toEqual([50, '4908']);
  });

  it('a removed row comes back with its values', () => {
    const sheet = ledger(3);
    type(sheet, { row: 1, column: 1 }, '12');
    expect(removeRows(sheet, 1, 1)).toBe(true);
    expect([sheet.bounds.rows, Object.keys(sheet.values()).length]).toEqual([2, 0]);
    sheet.undo();
    expect([sheet.rows.map((one) => one.id), sheet.valueAt({ row: 1, column: 1 })]).toEqual([['n0', 'n1', 'n2'], '12']);
  });

  it('rows are added where asked; a fixed table keeps its rows', () => {
    const sheet = ledger(2);
    addRows(sheet, 1, 2);
    expect(sheet.rows.map((one) => one.id)).toEqual(['n0', 'n100', 'n101', 'n1']);
    expect(removeRows(table(), 1, 1)).toBe(false);
  });

  it('ten thousand rows are pasted at once and undone at once', () => {
    const sheet = ledger(1);
    paste(sheet, at(0, 0), block(10_000, 9, (r, c) => String(r + c)));
    expect(sheet.valueAt({ row: 9_999, column: 8 })).toBe('10007');
    sheet.undo();
    expect(sheet.bounds.rows).toBe(1);
  });
});

describe('copying', () => {
  it('a range is text that Excel reads, figures plain and without separators', () => {
    const sheet = table();
    type(sheet, { row: 2, column: 0 }, '1,234,567');
    type(sheet, { row: 2, column: 1 }, '无');
    expect(copyText(sheet, { top: 1, bottom: 2, left: 0, right: 3 })).toBe('4\t\t3\t75.0\r\n1234567\t无\t\t\r\n');
  });

  it('a choice is copied by its word', () => {
    const [choice] = new Sheet({ columns: [{ id: 'g', title: '级别', type: 'choice', choices: [{ value: 'major', label: '重大' }] }], rows: [], values: {} }).columns;
    expect([readable('major', choice!), readable('其他', choice!)]).toEqual(['重大', '其他']);
  });

  it('copied and pasted elsewhere it is the same again', () => {
    const from = table();
    type(from, { row: 1, column: 1 }, '无');
    const to = table({ values: {} });
    paste(to, at(1, 0), copyText(from, { top: 1, bottom: 1, left: 0, right: 2 }));
    expect(to.values()).toEqual(from.values());
  });
});

describe('what wants attention', () => {
  it('is listed in reading order, and the next one is found round the end', () => {
    const sheet = table();
    sheet.setMessages([
      { cell: 't.fixed', level: 'warning', text: '比上期少' }, { cell: 'r1.fixed', level: 'note', text: '请核对' }, { cell: 'gone.fixed', level: 'error', text: '' },
    ]);
    type(sheet, { row: 2, column: 1 }, 'x');
    const problems = problemsOf(sheet);
    expect(problems.map(({ cell }) => cell)).toEqual(['r1.fixed', 'r2.major', 't.fixed']);
    expect(nextOf(problems, { row: 1, column: 2 })?.cell).toBe('r2.major');
    expect(nextOf(problems, { row: 3, column: 2 })?.cell).toBe('r1.fixed');
    expect(nextOf([], { row: 0, column: 0 })).toBeNull();
  });

  it('counts places: what the grid and the server both say of one cell is one thing to mend', () => {
    const sheet = table();
    type(sheet, { row: 2, column: 1 }, 'x');
    sheet.setMessages([{ cell: 'r2.major', level: 'error', text: '不是数字' }, { cell: 'r1.fixed', level: 'note', text: '请核对' }]);
    expect([problemsOf(sheet).length, placesOf(problemsOf(sheet))]).toEqual([3, 2]);
  });

  it('what changed since the version before is walked through both ways, round the ends', () => {
    const sheet = table();
    const changes = changesIn(sheet, ['t.fixed', 'r1.fixed', 'gone.fixed']);
    expect(changes.map(({ place }) => place)).toEqual([{ row: 1, column: 2 }, { row: 3, column: 2 }]);
    expect(nextOf(changes, { row: 1, column: 2 })?.place.row).toBe(3);
    expect(nextOf(changes, { row: 3, column: 2 })?.place.row).toBe(1);
    expect(previousOf(changes, { row: 3, column: 2 })?.place.row).toBe(1);
    expect(previousOf(changes, { row: 1, column: 2 })?.place.row).toBe(3);
  });

  it('a place that was returned is no problem any more once it holds another value, and its note can still be read', () => {
    const sheet = table();
    const before = sheet.value('r1.fixed');
    sheet.setMessages([{ cell: 'r1.fixed', level: 'note', text: '退回', about: before }]);
    expect(problemsOf(sheet)).toHaveLength(1);
    type(sheet, { row: 1, column: 2 }, '7');
    expect(problemsOf(sheet)).toEqual([]);
    expect(sheet.messagesOf('r1.fixed').map(({ text }) => text)).toEqual(['退回']);
    sheet.setMessages([{ cell: 'r1.fixed', level: 'note', text: '退回', about: before }]);  // asked again of the server
    expect(problemsOf(sheet)).toEqual([]);
  });

  it('a complaint steps back once the cell holds something else; a reviewer\'s note stays', () => {
    const sheet = table();
    sheet.setMessages([{ cell: 'r1.fixed', level: 'error', text: '大于排查数' }, { cell: 'r1.fixed', level: 'note', text: '退回' }]);
    type(sheet, { row: 1, column: 2 }, '2');
    expect(sheet.messagesOf('r1.fixed').map(({ text }) => text)).toEqual(['退回']);
    sheet.undo();
    expect(sheet.messagesOf('r1.fixed').map(({ text }) => text)).toEqual(['大于排查数', '退回']);
  });
});

it('the selection tells count and exact sum', () => {
  const money = new Sheet({
    columns: [{ id: 'a', title: '', decimals: 2 }, { id: 'b', title: '' }, { id: 'c', title: '', type: 'text' }], rows: [row('r1'), row('r2')],
    values: { 'r1.a': '0.10', 'r2.a': '0.20', 'r1.b': '5', 'r2.b': 'nil', 'r1.c': '7' },
  });
  expect(summary(money, { top: 0, bottom: 1, left: 0, right: 2 })).toEqual({ count: 5, sum: '5.30' });
  expect(summary(money, { top: 0, bottom: 1, left: 2, right: 2 })).toEqual({ count: 1, sum: null });
});
