// Due instants in words: "剩 7时18分", "逾期 1天16时", and the day beneath. Read as they stand, Beijing time wherever the browser is.
import { locale, t } from '@/i18n';
import { clockWords, eventWord, type EventClock } from './clock';

const minute = 60_000;
const hour = 60 * minute;
const dayLong = 24 * hour;

// The two biggest units, as people say it; from three days on only the days.
export function span(milliseconds: number): string {
  const whole = Math.abs(milliseconds);
  const days = Math.floor(whole / dayLong);
  const hours = Math.floor((whole % dayLong) / hour);
  const minutes = Math.floor((whole % hour) / minute);
  if (days >= 3 || (days > 0 && hours === 0)) return t('due.days', { days });
  if (days > 0) return t('due.daysHours', { days, hours });
  if (hours > 0) return t('due.hoursMinutes', { hours, minutes });
  return t('due.minutes', { minutes: Math.max(1, minutes) });
}

export type Urgency = 'overdue' | 'today' | 'later';

const beijing = 8 * hour;
// The day in Beijing as a number that grows by one a day.
export const beijingDay = (instant: number): number => Math.floor((instant + beijing) / dayLong);

export function urgencyOf(due: string, now: number): Urgency {
  const at = Date.parse(due);
  if (at < now) return 'overdue';
  return beijingDay(at) === beijingDay(now) ? 'today' : 'later';
}

// now: businessNow(). "剩 3天" or "逾期 1天16时".
export function remaining(due: string, now: number): string {
  const left = Date.parse(due) - now;
  return left < 0 ? t('due.overdueBy', { span: span(left) }) : t('due.left', { span: span(left) });
}

const weekdaysZh = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export function weekday(text: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!found) return '';
  const index = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))).getUTCDay();
  return (locale.value === 'zh' ? weekdaysZh : weekdaysEn)[index]!;
}

// 5月25日 周四 17:00; the day alone when the duty names no hour and the instant is the day's end (an extension may name one).
export function dueDay(due: string, hasHour: boolean): string {
  const found = /^\d{4}-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(due);
  if (!found) return due;
  const day = locale.value === 'zh' ? `${Number(found[1])}月${Number(found[2])}日` : `${found[1]}-${found[2]}`;
  return [day, weekday(due), hasHour || !(found[3] ?? '23:59').startsWith('23:59') ? found[3] : ''].filter(Boolean).join(' ');
}

// 5月19日—25日, 1月1日—2月28日, 2023年12月20日—2024年1月10日; one day alone when both are the same.
export function windowText(from: string, to: string): string {
  const [a, b] = [from, to].map((text) => /^(\d{4})-(\d{2})-(\d{2})/.exec(text));
  if (!a || !b) return `${from} — ${to}`;
  if (locale.value === 'en') return from === to ? from : `${from} – ${a[1] === b[1] ? to.slice(5) : to}`;
  const [ay, am, ad] = [a[1]!, Number(a[2]), Number(a[3])];
  const [by, bm, bd] = [b[1]!, Number(b[2]), Number(b[3])];
  if (from === to) return `${am}月${ad}日`;
  if (ay !== by) return `${ay}年${am}月${ad}日—${by}年${bm}月${bd}日`;
  return am === bm ? `${am}月${ad}日—${bd}日` : `${am}月${ad}日—${bm}月${bd}日`;
}

// 接报时间 3月16日 周四 09:20，接报后1小时内: when the event was, as the reporter says, and the clock that runs from it.
export function eventText(event: { at?: string | null; starts: string; clock?: EventClock | null }): string {
  if (!event.at) return '';
  const at = `${t('event.at', { event: eventWord(event.starts) })} ${dueDay(event.at, true)}`;
  return event.clock ? [at, clockWords(event.starts, event.clock)].join(t('word.comma')) : at;
}

export type Rhythm = 'week' | 'month' | 'quarter' | 'half' | 'year' | 'once' | 'event' | 'day' | 'span';

// What kind of slot it is, from its name: 2023-W11, 2023-03, 2023-Q1, 2023-H1, 2023, once, event:…, 2023-06-05, 2023-06-05T08:00,
// 2023-01-01..2023-02-28.
export function rhythmOf(slot: string): Rhythm {
  if (/^\d{4}-W\d+/.test(slot)) return 'week';
  if (/^\d{4}-\d{2}$/.test(slot)) return 'month';
  if (/^\d{4}-Q\d/.test(slot)) return 'quarter';
  if (/^\d{4}-H\d/.test(slot)) return 'half';
  if (/^\d{4}$/.test(slot)) return 'year';
  if (slot.startsWith('event:')) return 'event';
  if (slot.includes('..')) return 'span';
  return slot.startsWith('once') ? 'once' : 'day';
}

export const rhythmWord = (slot: string): string => t(`rhythm.${rhythmOf(slot)}`);

// What a filing is called: its window where people have a word for it, the duty, and the event that it is about.
interface Called { slot: string; title: string; event?: { name: string } | null }
export const filingTitle = ({ slot, title, event }: Called): string => [slotTitle(slot), title].filter(Boolean).join(' ') + (event?.name ? t('word.inBrackets', { text: event.name }) : '');

// 第21周, 2023年5月: how people call the window in a title; '' where only its days say it.
export function slotTitle(slot: string): string {
  const week = /^(\d{4})-W(\d+)/.exec(slot);
  if (week) return t('slot.week', { week: Number(week[2]) });
  const month = /^(\d{4})-(\d{2})$/.exec(slot);
  if (month) return t('slot.month', { year: month[1]!, month: locale.value === 'en' ? month[2]! : Number(month[2]) });
  const quarter = /^(\d{4})-Q(\d)/.exec(slot);
  if (quarter) return t('slot.quarter', { year: quarter[1]!, quarter: quarter[2]! });
  const half = /^(\d{4})-H([12])$/.exec(slot);
  if (half) return t(half[2] === '1' ? 'slot.firstHalf' : 'slot.secondHalf', { year: half[1]! });
  if (/^\d{4}$/.test(slot)) return t('slot.year', { year: slot });
  return slot.includes('T') ? dueDay(slot, true) : '';
}
