import { describe, expect, it } from 'vitest';
import { cellOf, differencesOf, neighbour, placeOf, sizeText, titleOf, type PartChange, type PartDefinition, type StoredForm } from './model';

const table = { id: 's', kind: 'table', columns: [{ id: 'found', title: '本期', path: ['排查', '本期'] }], rows: [{ id: 'gas', title: '城镇燃气' }] } as unknown as StoredForm;
const ledger = { id: 'l', kind: 'ledger', fields: [{ id: 'hazard', title: '隐患' }] } as unknown as StoredForm;
const change = (more: Partial<PartChange>): PartChange => ({
  part: 'p', change: 'changed', nilBefore: false, nilAfter: false, cells: [], rows: [], paragraphs: [], papers: [], reasons: [], explanations: [], itemsAdded: [], itemsRemoved: [], ...more,
});

describe('places of a filing', () => {
  it('a ledger counts rows from one towards the server and from nought in the grid', () => {
    expect(placeOf(ledger, 'n2.hazard')).toBe('r3.hazard');
    expect(cellOf(ledger, 'r3.hazard')).toBe('n2.hazard');
    expect(cellOf(ledger, 'r1')).toBe('n0.hazard');
    expect(placeOf(table, 'gas.found')).toBe('gas.found');
    expect(cellOf(table, 'gas')).toBe('gas.found');
  });

  it('a returned cell is named in the words of the form', () => {
    const part = { id: 'statistics', title: '统计表' } as PartDefinition;
    expect(titleOf('statistics:gas.found', [part], () => table)).toEqual({ part: '统计表', row: '城镇燃气', column: '排查 本期' });
    expect(titleOf('statistics', [part], () => table)).toEqual({ part: '统计表', row: '', column: '' });
  });
});

describe('what changed since the version before', () => {
  it('is marked cell by cell in a table and by the new place in a ledger', () => {
    expect(differencesOf(table, change({ cells: [{ cell: 'gas.found', before: '71', after: '70' }] }))).toEqual({ 'gas.found': '71' });
    expect(differencesOf(ledger, change({ rows: [{ change: 'changed', beforeRow: 4, afterRow: 3, fields: [{ cell: 'hazard', before: '旧', after: '新' }] }, { change: 'removed', beforeRow: 9, afterRow: 0, fields: [] }] }))).toEqual({ 'n2.hazard': '旧' });
    expect(differencesOf(table, undefined)).toEqual({});
  });
});

it('j and k stay inside the queue', () => {
  expect([neighbour(['a', 'b'], 'a', 1), neighbour(['a', 'b'], 'b', 1), neighbour(['a', 'b'], 'a', -1), neighbour(['a'], 'z', 1)]).toEqual(['b', null, null, null]);
});

it('sizes are said in the unit people know', () => expect([sizeText(900), sizeText(2048), sizeText(3 * 1024 * 1024)]).toEqual(['900 B', '2 KB', '3.0 MB']));
