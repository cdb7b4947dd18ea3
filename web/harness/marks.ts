// All marks, to look at in colour and in grey.
import { createApp, h } from 'vue';
import '@/design/tokens.css';
import '@/design/base.css';
import { markWords, type Mark } from '@/design/marks';
import StateMark from '@/design/StateMark.vue';

const row = (style: Record<string, string>) =>
  h('p', { style: { display: 'flex', gap: '18px', padding: '20px', background: '#fff', ...style } }, (Object.keys(markWords) as Mark[]).map((mark) => h(StateMark, { mark })));
createApp({ render: () => h('main', [row({}), row({ filter: 'grayscale(1)' })]) }).mount('#app');
