// The dues of a notice as a calendar: months in order, each due with what else falls on its day.
import type { CalendarItem } from './types';

export interface CalendarRow extends CalendarItem { day: string; time: string; sameDay: number }
export interface CalendarMonth { month: string; rows: CalendarRow[] }  // month: 2023-03; '' for what has no day

export function monthsOf(items: readonly CalendarItem[]): CalendarMonth[] {
  const onDay = new Map<string, number>();
  for (const one of items) if (one.due) onDay.set(one.due.slice(0, 10), (onDay.get(one.due.slice(0, 10)) ?? 0) + 1);
  const rows = items.map((one): CalendarRow => {
    const day = one.due?.slice(0, 10) ?? '';
    return { ...one, day, time: one.due?.includes('T') ? one.due.slice(11, 16) : '', sameDay: onDay.get(day) ?? 0 };
  });
  // What has no day stands last.
  rows.sort((a, b) => (a.day || '9').localeCompare(b.day || '9') || a.time.localeCompare(b.time));
  const months = new Map<string, CalendarRow[]>();
  for (const row of rows) months.set(row.day.slice(0, 7), [...(months.get(row.day.slice(0, 7)) ?? []), row]);
  return [...months].map(([month, held]) => ({ month, rows: held }));
}
