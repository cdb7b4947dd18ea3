// The words of a reading that are not deadlines: which days a report covers, and what a quantity is counted by.
import { t, type PlainKey } from '@/i18n';
import { dateWords, weekdayWord } from './due';

const windowKeys = {
  'week': 'notice.window.week', 'last-week': 'notice.window.lastWeek', 'month': 'notice.window.month', 'last-month': 'notice.window.lastMonth',
  'quarter': 'notice.window.quarter', 'last-quarter': 'notice.window.lastQuarter', 'half': 'notice.window.half', 'year': 'notice.window.year',
} as const satisfies Record<string, PlainKey>;
const perKeys = {
  day: 'notice.per.day', week: 'notice.per.week', month: 'notice.per.month', quarter: 'notice.per.quarter', year: 'notice.per.year',
} as const satisfies Record<string, PlainKey>;

export const windowRules = [...Object.keys(windowKeys), 'FRI..THU'];
export const pers = Object.keys(perKeys);

// 上周, 周五—周四, 1月1日—2月28日; another spelling is shown as it is.
export function windowWords(rule: string, year = ''): string {
  if (rule in windowKeys) return t(windowKeys[rule as keyof typeof windowKeys]);
  const since = /^since (\d{4}-\d{2}-\d{2})$/.exec(rule);
  if (since) return t('notice.window.since', { day: dateWords(since[1]!, year) });
  const [from, to] = rule.split('..');
  return from && to ? `${dateWords(weekdayWord(from), year)}—${dateWords(weekdayWord(to), year)}` : rule;
}

export const perWords = (per: string): string => (per in perKeys ? t(perKeys[per as keyof typeof perKeys]) : per);

// What a select offers: its own words, and what stands there already.
export const offered = (words: readonly string[], held: string | null): string[] => (held && !words.includes(held) ? [...words, held] : [...words]);
