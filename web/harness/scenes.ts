// Tables in the shape of the real ones: three head rows, two 其中, a row tree with totals; a ledger of nine columns. Invented figures.
import type { Ast, Formula } from '@/grid/evaluate';
import type { GridRow, HeadNode, SheetModel } from '@/grid/model';

const columns: HeadNode[] = [
  { id: 'units', title: '检查单位数', unit: '家' },
  { id: 'trips', title: '出动检查人次', unit: '人次' },
  { id: 'general', title: '一般事故隐患', children: [
    { id: 'found', title: '排查数', unit: '项' }, { id: 'fixed', title: '整改数', unit: '项' }, { id: 'rate', title: '整改率', unit: '%', decimals: 1, locked: true },
  ] },
  { id: 'major', title: '重大事故隐患', children: [
    { id: 'self', title: '企业自查自改', children: [{ id: 'majorFound', title: '排查数', unit: '项' }, { id: 'majorFixed', title: '整改数', unit: '项', ofWhich: true }] },
    { id: 'office', title: '部门帮扶执法', children: [
      { id: 'officeFound', title: '排查数', unit: '项' }, { id: 'officeListed', title: '挂牌督办数', unit: '项', ofWhich: true }, { id: 'officeFixed', title: '整改数', unit: '项' },
    ] },
  ] },
  { id: 'law', title: '执法情况', children: [
    { id: 'orders', title: '下达执法文书', unit: '份' }, { id: 'stopped', title: '责令停产停业整顿', unit: '家' }, { id: 'fine', title: '罚款额', unit: '万元', decimals: 2 },
    { id: 'collected', title: '实际收缴', unit: '万元', decimals: 2, ofWhich: true }, { id: 'cases', title: '移送司法机关案件', unit: '起' },
  ] },
];

const row = (id: string, title: string, depth: number, kind: GridRow['kind'] = 'data'): GridRow => ({ id, title, depth, kind });
const sectors = ['矿山', '危险化学品', '烟花爆竹', '建筑施工', '道路交通', '水上交通', '消防', '燃气', '特种设备', '工贸', '农业机械', '旅游', '文化娱乐', '教育', '医疗卫生', '其他'];
const data = sectors.map((title, index) => row(`r${index + 1}`, title, 1));
const cell = (id: string): Ast => ({ op: 'cell', args: [id] });

function formulas(): Record<string, Formula> {
  const leaves = ['units', 'trips', 'found', 'fixed', 'majorFound', 'majorFixed', 'officeFound', 'officeListed', 'officeFixed', 'orders', 'stopped', 'fine', 'collected', 'cases'];
  const totals = leaves.map((leaf): [string, Formula] => {
    const scale = leaf === 'fine' || leaf === 'collected' ? 2 : 0;
    return [`total.${leaf}`, { ast: { op: 'sum', args: data.map((one) => cell(`${one.id}.${leaf}`)) }, scale }];
  });
  const rates = [...data.map((one) => one.id), 'total'].map((id): [string, Formula] => [`${id}.rate`, { ast: { op: 'rate', args: [cell(`${id}.fixed`), cell(`${id}.found`)] }, scale: 0 }]);
  return Object.fromEntries([...totals, ...rates]);
}

export function table(): SheetModel {
  return {
    columns, rows: [row('g1', '重点行业领域', 0, 'group'), ...data, row('total', '合计', 0, 'total')], formulas: formulas(),
    values: {
      'r1.units': '12', 'r1.trips': '1386', 'r1.found': '97', 'r1.fixed': '91', 'r2.majorFound': '4', 'r2.majorFixed': '6', 'r3.fine': '125.50',
      'r4.units': '30', 'r4.found': 'nil', 'r5.found': '0', 'r5.fixed': '0',
    },
    sources: { 'r1.units': 'last_window', 'r1.found': 'sum_of_lower', 'r4.units': 'ledger' },
  };
}

const ledgerColumns: HeadNode[] = [
  { id: 'place', title: '隐患单位（场所）', type: 'text', width: 160, required: true },
  { id: 'what', title: '隐患情况', type: 'text', width: 220 },
  { id: 'level', title: '隐患级别', type: 'choice', choices: [{ value: 'general', label: '一般隐患' }, { value: 'major', label: '重大隐患' }] },
  { id: 'found', title: '发现日期', type: 'date' },
  { id: 'time', title: '整改', children: [{ id: 'due', title: '期限', type: 'date' }, { id: 'done', title: '完成日期', type: 'date' }] },
  { id: 'funds', title: '整改资金', unit: '万元', decimals: 2 },
  { id: 'people', title: '涉及人数', unit: '人' },
  { id: 'note', title: '备注', type: 'text' },
];

export function ledger(count: number): SheetModel {
  let next = count;
  const rows = Array.from({ length: count }, (_, index) => row(`n${index}`, '', 0));
  const values = count > 100 ? Object.fromEntries(rows.flatMap((one, index) => [[`${one.id}.place`, `企业${index}`], [`${one.id}.people`, String(index)]])) : {};
  return { columns: ledgerColumns, rows, values, grows: true, newRowId: () => `n${next++}`, year: 2023 };
}
