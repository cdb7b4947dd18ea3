// How a deadline is spelt (docs/notices.md), said in words and taken apart for the form: the days, and the time of day apart.
import { locale, t } from '@/i18n';
import type { Recurrence } from './types';

export const weekdayCodes = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

export interface DueParts { day: string; time: string }

const hour = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)';
const clock = new RegExp(`[T ](${hour})$`);

// 'THU 17:00' is THU at 17:00, '2023-03-13T17:00' is that day at 17:00. What has no days of its own (daily, immediate) is left whole.
export function partsOf(recurrence: Recurrence, due: string | null): DueParts {
  if (!due || recurrence === 'daily' || recurrence === 'immediate') return { day: due ?? '', time: '' };
  const time = clock.exec(due);
  return time ? { day: due.slice(0, time.index).trim(), time: time[1]! } : { day: due, time: '' };
}

export function joined(recurrence: Recurrence, parts: DueParts): string | null {
  const day = parts.day.trim();
  if (!day) return null;
  if (!parts.time) return day;
  return recurrence === 'once' ? `${day}T${parts.time}` : `${day} ${parts.time}`;
}

const days = 'D(?:[1-9]|[12]\\d|3[01])';
const time = `(?: ${hour})?`;
const yearDay = '(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const weekday = '(?:MON|TUE|WED|THU|FRI|SAT|SUN)';
const spellings: Record<Recurrence, RegExp> = {
  once: new RegExp(`^\\d{4}-${yearDay}(?:T${hour})?$`),
  weekly: new RegExp(`^${weekday}(?:,${weekday})*${time}$`),
  monthly: new RegExp(`^(?:LAST|${days})(?:,(?:LAST|${days}))*${time}$`),
  quarterly: new RegExp(`^(?:Q-END|${days} after quarter|QM[1-3]-${days})${time}$`),
  halfyearly: new RegExp(`^(?:H-END|${days} after half)${time}$`),
  yearly: new RegExp(`^${yearDay}(?:,${yearDay})*${time}$`),
  daily: new RegExp(`^${hour}(?:,${hour})*$`),
  immediate: /^-?P(?:T[1-9]\d{0,3}[HM]|[1-9]\d{0,3}(?:WD|D|W|M))$/,
};
export const isSpelt = (recurrence: Recurrence, due: string | null): boolean => due === null || spellings[recurrence].test(due);

export const weekdayWord = (code: string): string => {
  const index = weekdayCodes.indexOf(code as (typeof weekdayCodes)[number]);
  return index < 0 ? code : t('notice.weekdays').split(' ')[index]!;
};
// Rhythms whose days are a phrase with one number in it: what the form offers instead of the spelling.
export const shapes: Partial<Record<Recurrence, readonly string[]>> = {
  quarterly: ['D# after quarter', 'QM1-D#', 'QM2-D#', 'QM3-D#', 'Q-END'],
  halfyearly: ['D# after half', 'H-END'],
  immediate: ['PT#H', 'PT#M', 'P#D', 'P#WD', 'P#W', 'P#M', '-P#WD', '-P#D'],
};
const lastNumber = /\d+(?=\D*$)/;
export function shapeOf(day: string): { shape: string; count: string } {
  return day === 'Q-END' || day === 'H-END' ? { shape: day, count: '' } : { shape: day.replace(lastNumber, '#'), count: lastNumber.exec(day)?.[0] ?? '' };
}
export const shaped = (shape: string, count: string): string => shape.replace('#', String(Number(/^\d{1,3}$/.exec(count)?.[0] ?? 1) || 1));

const number = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);
const listed = (texts: string[]): string => texts.join(t('word.listed'));

function monthDay(month: string, day: string): string {
  return locale.value === 'zh' ? `${Number(month)}月${Number(day)}日` : `${month}-${day}`;
}

// 3月13日, with its year where that is not the notice's own.
export function dateWords(day: string, year = ''): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!found) return day;
  if (!year || found[1] === year) return monthDay(found[2]!, found[3]!);
  return locale.value === 'zh' ? `${found[1]}年${monthDay(found[2]!, found[3]!)}` : day;
}

// after and before: an hour after the event, a day before it. What the notices never say before an event is left as it is spelt.
const spanKeys = {
  TH: { after: 'notice.due.hoursAfter', before: 'notice.due.hoursBefore' }, TM: { after: 'notice.due.minutesAfter', before: null },
  WD: { after: 'notice.due.workdaysAfter', before: 'notice.due.workdaysBefore' }, D: { after: 'notice.due.daysAfter', before: 'notice.due.daysBefore' },
  W: { after: 'notice.due.weeksAfter', before: 'notice.due.weeksBefore' }, M: { after: 'notice.due.monthsAfter', before: 'notice.due.monthsBefore' },
} as const;

// A clock that an event starts, as a notice or a pack has it: PT1H, -P20WD, next_day, P3WD 17:00.
export function spanWords(code: string): string {
  const [span = '', time] = code.split(' ');
  if (time) return `${spanWords(span)} ${time}`;
  if (code === 'next_day') return t('notice.due.nextDay');
  const found = /^(-?)P(T?)(\d+)(WD|[DWMH])$/.exec(code);
  const keys = found && spanKeys[`${found[2]}${found[4]}` as keyof typeof spanKeys];
  if (!found || !keys) return code;
  const count = Number(found[3]);
  if (code === 'P1D') return t('notice.due.sameDay');
  const key = found[1] ? keys.before : keys.after;
  return key ? t(key, { count }) : code;
}

function dayWords(recurrence: Recurrence, day: string, year: string): string {
  switch (recurrence) {
    case 'once': return dateWords(day, year);
    case 'weekly': return t('notice.due.weekly', { days: listed(day.split(',').map(weekdayWord)) });
    case 'monthly': return t('notice.due.monthly', { days: listed(day.split(',').map((one) => (one === 'LAST' ? t('notice.due.lastDay') : t('notice.due.dayOfMonth', { day: number(one) })))) });
    case 'quarterly': {
      const inMonth = /^QM(\d)-D(\d+)$/.exec(day);
      if (inMonth) return t('notice.due.quarterMonth', { month: inMonth[1]!, day: inMonth[2]! });
      return day === 'Q-END' ? t('notice.due.quarterEnd') : t('notice.due.afterQuarter', { day: number(day) });
    }
    case 'halfyearly': return day === 'H-END' ? t('notice.due.halfEnd') : t('notice.due.afterHalf', { day: number(day) });
    case 'yearly': return t('notice.due.yearly', { day: listed(day.split(',').map((one) => monthDay(one.slice(0, 2), one.slice(3)))) });
    case 'daily': return t('notice.due.daily', { times: listed(day.split(',')) });
    case 'immediate': return spanWords(day);
  }
}

// year: of the notice; a day of that year is said without it. A spelling this page does not know is shown as it is.
export function dueWords(recurrence: Recurrence, due: string | null, year = ''): string {
  if (!due) return t('notice.due.none', { recurrence: t(`notice.recurrence.${recurrence}`) });
  if (!isSpelt(recurrence, due)) return due;
  const { day, time: at } = partsOf(recurrence, due);
  return [dayWords(recurrence, day, year), at].filter(Boolean).join(' ');
}

// The reader spells the day itself and the day after alike; the sentence tells them apart, as it does for the pack.
export const dutyDueWords = (duty: { recurrence: Recurrence; due: string | null; quote: string }, year = ''): string =>
  (duty.recurrence === 'immediate' && duty.due === 'P1D' && /次日|第二天|翌日/.test(duty.quote) && !/当日|当天|当晚/.test(duty.quote) ? spanWords('next_day') : dueWords(duty.recurrence, duty.due, year));

// The phrase with a gap for its number. No sentence of ours holds a seven of its own.
export const shapeWords = (recurrence: Recurrence, shape: string): string => dueWords(recurrence, shape.replace('#', '7')).replace('7', '…');
