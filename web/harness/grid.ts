// A page with nothing but the grid, for browser tests: ?scene=table | ledger | long | readonly.
import { createApp, h, ref } from 'vue';
import '@/design/tokens.css';
import '@/design/base.css';
import StatGrid from '@/grid/StatGrid.vue';
import { Sheet } from '@/grid/sheet';
import { ledger, table } from './scenes';

const scene = new URLSearchParams(location.search).get('scene') ?? 'table';
const sheet = scene === 'ledger' ? new Sheet(ledger(10)) : scene === 'long' ? new Sheet(ledger(10_000)) : new Sheet(table());
if (scene === 'table')
  sheet.setMessages([
    { cell: 'r2.majorFixed', level: 'error', text: '重大隐患整改数（6）大于排查数（4）' },
    { cell: 'r3.fine', level: 'warning', text: '比上期多 5 倍，请说明' },
    { cell: 'r1.units', level: 'note', text: '请核对单位数' },
  ]);

const activated = ref<string[]>([]);
const props = {
  sheet, label: scene === 'ledger' || scene === 'long' ? '隐患台账' : '排查整治情况统计表', numbered: scene === 'table', pinned: 1,
  readonly: scene === 'readonly', rowTitle: sheet.grows ? '' : '行业领域', differences: (scene === 'readonly' ? { 'r1.units': '11' } : {}) as Record<string, string>,
  onActivate: (cell: string) => { activated.value = [...activated.value, cell]; },
};

createApp({
  render: () => h('main', { style: { height: '100%', padding: '14px', display: 'grid', gridTemplate: 'auto minmax(0, 1fr) auto / minmax(0, 1fr)', gap: '8px' } }, [
    h('label', ['前 ', h('input', { id: 'before' })]), h(StatGrid, props), h('label', ['后 ', h('input', { id: 'after' })]),
  ]),
}).mount('#app');

Object.assign(window, { harness: { sheet, activated } });
