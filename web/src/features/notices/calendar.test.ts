import { expect, it } from 'vitest';
import { monthsOf } from './calendar';
import type { CalendarItem } from './types';

const item = (title: string, due: string | null): CalendarItem => ({ duty: title, title, due, windowFrom: '', windowTo: '', units: 1, onRestDay: false });

it('dues stand by month and hour, those without a day last, and know what else falls on their day', () => {
  const months = monthsOf([item('d', null), item('c', '2023-04-02'), item('b', '2023-03-16T17:00+08:00'), item('a', '2023-03-16T09:00+08:00')]);
  expect(months.map((one) => [one.month, one.rows.map((row) => [row.title, row.day, row.time, row.sameDay])])).toEqual([
    ['2023-03', [['a', '2023-03-16', '09:00', 2], ['b', '2023-03-16', '17:00', 2]]],
    ['2023-04', [['c', '2023-04-02', '', 1]]],
    ['', [['d', '', '', 0]]],
  ]);
});
