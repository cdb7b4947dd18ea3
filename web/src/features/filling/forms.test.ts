import { describe, expect, it } from 'vitest';
import { Sheet } from '@/grid/sheet';
import { cellIn, cellsOf, headOf, ledgerModel, rowsIn, tableModel, type FormColumn, type FormDefinition } from './forms';
import type { PartReport } from './model';

const column = (id: string, path: string[], source: FormColumn['source'] = 'typed'): FormColumn =>
  ({ id, title: path[path.length - 1]!, path, unit: '项', ofWhich: false, decimals: 0, width: 10, assumed: false, source });

const form: FormDefinition = {
  id: 'statistics', kind: 'table', title: '统计表', subtitle: '', unitNote: '', assumed: false,
  columns: [column('units', ['检查单位'], 'last_window'), column('found', ['隐患', '排查']), column('total', ['隐患', '累计'], 'cumulative')],
  rows: [{ id: 'a', title: '燃气', kind: 'item', depth: 1 }, { id: 'sum', title: '合计', kind: 'total', depth: 0 }],
  formulas: {
    'a.total': { ast: { op: '+', args: [{ op: 'prev', args: ['a.total'] }, { op: 'cell', args: ['a.found'] }] }, scale: 0 },
    'sum.found': { ast: { op: 'sum', args: [{ op: 'cell', args: ['a.found'] }] }, scale: 0 },
  },
};
const report = { values: { 'a.units': '12' }, sources: { 'a.units': 'last_window' }, previous: { 'a.total': '30' } } as unknown as PartReport;

describe('a table on the page', () => {
  it('has the head of the paper: neighbours under one title share its box', () => {
    expect(headOf(form.columns!).map((node) => [node.title, node.children?.map((child) => child.title)])).toEqual([['检查单位', undefined], ['隐患', ['排查', '累计']]]);
  });

  it('arrives filled, computes with the last window, and locks what nobody types', () => {
    const sheet = new Sheet(tableModel(form, { cells: { 'a.found': '4' } }, report));
    expect([sheet.value('a.units'), sheet.value('a.total'), sheet.value('sum.found')]).toEqual(['12', '34', '4']);
    expect(sheet.originOf('a.units')).toEqual({ source: 'last_window', value: '12', overridden: false });
    expect(sheet.isLockedAt(sheet.placeOf('sum.units')!)).toBe(true);
  });

  it('saves what the filer says and not what was offered', () => {
    const sheet = new Sheet(tableModel(form, { cells: { 'a.found': '4' } }, report));
    expect(cellsOf(sheet, { 'a.units': '12' })).toEqual({ 'a.found': '4' });
  });
});

describe('a ledger on the page', () => {
  const ledger: FormDefinition = {
    id: 'l', kind: 'ledger', title: '', subtitle: '', unitNote: '', assumed: false,
    fields: [{ id: 'name', title: '名称', type: 'text', choices: [], required: true, decimals: 0, width: 14, longest: 200 }],
  };

  it('keeps the order of its rows, so that an error of row 3 marks the third on screen', () => {
    const sheet = new Sheet(ledgerModel(ledger, { rows: [{ name: '甲' }, {}, { name: '丙' }] }, 2023));
    expect(rowsIn(sheet)).toEqual([{ name: '甲' }, {}, { name: '丙' }]);
    expect(cellIn(sheet, 'r3.name')).toBe('n2.name');
    expect(cellIn(sheet, 'r99.name')).toBeNull();
  });
});
