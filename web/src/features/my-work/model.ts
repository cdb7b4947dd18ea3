// My work as the page groups it: which verb a row's button carries, what its tag says, on which days something is due.
import { t, type PlainKey } from '@/i18n';
import type { Answered } from '@/request/types';
import { beijingDay, filingTitle, rhythmWord } from '@/features/shared/due';

export type MyWork = Answered<'/api/v1/my-work'>;
export type WorkLine = MyWork['later'][number];
type Route = WorkLine['routes'][number];

export type Verb = 'redo' | 'write' | 'makeUp' | 'goOn' | 'amend' | 'fill' | 'look';
export const verbWords: Record<Verb, PlainKey> = {
  redo: 'work.redo', write: 'work.write', makeUp: 'work.makeUp', goOn: 'work.goOn', amend: 'work.amend', fill: 'work.fill', look: 'work.look',
};

export const returnedRoute = (line: WorkLine): Route | undefined => line.routes.find((route) => route.state === 'returned');
const anyIn = (line: WorkLine, ...states: string[]): boolean => line.routes.some((route) => states.includes(route.state));

export const isToAmend = (line: WorkLine): boolean => line.routes.some((route) => route.amendment === 'granted');

// mayFill: the person may fill in or hand in at all; byArticles: the duty is counted by items, written one by one.
export function verbOf(line: WorkLine, now: number, mayFill: boolean, byArticles: boolean): Verb {
  if (!mayFill) return 'look';
  if (returnedRoute(line)) return 'redo';
  if (byArticles) return 'write';
  if (isToAmend(line)) return 'amend';
  if (line.dueAt && Date.parse(line.dueAt) < now) return 'makeUp';
  if (anyIn(line, 'draft', 'withdrawn')) return 'goOn';
  return anyIn(line, 'expected') ? 'fill' : 'look';
}

export const tagOf = (line: WorkLine): string => (returnedRoute(line) ? t('work.tagReturned') : rhythmWord(line.filing.slot));
export const titleOf = (line: { filing: Parameters<typeof filingTitle>[0] }): string => filingTitle(line.filing);
export const receiversOf = (line: WorkLine): string => [...new Set(line.routes.map((route) => route.receiver))].join(t('word.listed'));

// The route whose due stands in the row: the earliest that is still to be handed in.
export const dueRoute = (line: WorkLine): Route | undefined => line.routes.find((route) => route.dueAt === line.dueAt);

export interface CalendarDay { day: number; date: number; month: number; lines: WorkLine[]; kind: 'overdue' | 'today' | 'due' | ''; isToday: boolean }

const dayLength = 86_400_000;

// Whole weeks from Monday: the one before this, this one, and three more.
export function calendarOf(lines: readonly WorkLine[], now: number): CalendarDay[][] {
  const today = beijingDay(now);
  const monday = today - ((today + 3) % 7);  // day 0, 1970-01-01, was a Thursday
  const byDay = new Map<number, WorkLine[]>();
  for (const line of lines) {
    if (!line.dueAt) continue;
    const day = beijingDay(Date.parse(line.dueAt));
    byDay.set(day, [...(byDay.get(day) ?? []), line]);
  }
  return [-1, 0, 1, 2, 3].map((week) => Array.from({ length: 7 }, (_, index) => {
    const day = monday + week * 7 + index;
    const date = new Date(day * dayLength);
    const due = byDay.get(day) ?? [];
    const kind = due.length === 0 ? '' : due.some((line) => Date.parse(line.dueAt!) < now) ? 'overdue' : day === today ? 'today' : 'due';
    return { day, date: date.getUTCDate(), month: date.getUTCMonth() + 1, lines: due, kind, isToday: day === today };
  }));
}
