import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { calendarOf, verbOf, type WorkLine } from './model';

const now = Date.parse('2023-05-25T09:00:00+08:00');
beforeEach(() => setLocale('zh'));

function line(state: string, dueAt: string | null, more: object = {}): WorkLine {
  const route = { id: 'r', receiver: '湖南省住房和城乡建设厅', state, amendment: 'none', dueAt, dueHasHour: true, may: ['hand_in'], ...more };
  return { filing: { id: 'f', title: '每周安全生产重要工作信息', slot: '2023-W21' }, routes: [route], dueAt, partsDone: 0, partsAsked: 1 } as unknown as WorkLine;
}

describe('the verb of a row', () => {
  it('says what the clerk does next', () => {
    expect(verbOf(line('expected', '2023-05-25T17:00:00+08:00'), now, true, false)).toBe('fill');
    expect(verbOf(line('draft', '2023-05-25T17:00:00+08:00'), now, true, false)).toBe('goOn');
    expect(verbOf(line('expected', '2023-05-24T17:00:00+08:00'), now, true, false)).toBe('makeUp');
    expect(verbOf(line('returned', '2023-05-24T17:00:00+08:00'), now, true, false)).toBe('redo');
    expect(verbOf(line('expected', null), now, true, true)).toBe('write');
    expect(verbOf(line('accepted', null, { amendment: 'granted' }), now, true, false)).toBe('amend');
    expect(verbOf(line('accepted', '2023-04-25T23:59:59+08:00', { amendment: 'granted' }), now, true, false)).toBe('amend');
  });

  it('is to look for who may not fill in', () => {
    expect(verbOf(line('returned', '2023-05-24T17:00:00+08:00'), now, false, false)).toBe('look');
  });
});

describe('the calendar of due days', () => {
  it('begins on Monday of last week and marks what is overdue, due today and due later', () => {
    const weeks = calendarOf([line('expected', '2023-05-18T17:00:00+08:00'), line('expected', '2023-05-25T17:00:00+08:00'), line('draft', '2023-06-01T17:00:00+08:00')], now);
    expect(weeks[0]![0]!.date).toBe(15);
    expect(weeks[0]![3]!.kind).toBe('overdue');
    expect([weeks[1]![3]!.kind, weeks[1]![3]!.isToday]).toEqual(['today', true]);
    expect([weeks[2]![3]!.date, weeks[2]![3]!.month, weeks[2]![3]!.kind]).toEqual([1, 6, 'due']);
  });
});
