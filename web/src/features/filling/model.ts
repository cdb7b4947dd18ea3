// What filling knows of a filing: the API's answers, and the parts as drafts and submissions carry them (filings/content.h).
import type { Answered } from '@/request/types';

export type OpenedFiling = Answered<'/api/v1/filings/{id}'>;
export type FilingHead = OpenedFiling['filing'];
export type RouteLine = OpenedFiling['routes'][number];
export type PartDefinition = OpenedFiling['parts'][number];
export type PartReport = OpenedFiling['report'][number];
export type Finding = PartReport['findings'][number];
export type SubmissionLine = OpenedFiling['submissions'][number];
export type EventLine = OpenedFiling['events'][number];
export type Anchor = NonNullable<RouteLine['returned']>['anchors'][number];
export type Receipt = Answered<'/api/v1/filings/{id}/hand-in', 'post'>;
export type Differences = Answered<'/api/v1/filings/{id}/differences'>;
export type PartChange = Differences['parts'][number];

// One part of the draft. Which members a kind of part has, content.h says.
export interface PartContent {
  paragraphs?: string[];
  cells?: Record<string, string>;
  reasons?: Record<string, string>;
  explanations?: Record<string, string>;
  rows?: Record<string, string>[];
  items?: string[];
  attachments?: string[];
  nil?: boolean;
}
export type Parts = Record<string, PartContent>;

// "statistics:r1.found" → part and place in it; a part alone has no place.
export interface Address { part: string; place: string }
export function addressOf(path: string): Address {
  const plain = path.startsWith('/parts/') ? path.slice('/parts/'.length).replace('/', ':') : path;
  const colon = plain.indexOf(':');
  return colon < 0 ? { part: plain, place: '' } : { part: plain.slice(0, colon), place: plain.slice(colon + 1) };
}

export const canDo = (routes: readonly RouteLine[], deed: string): RouteLine[] => routes.filter((route) => (route.may as readonly string[]).includes(deed));

// What was taken back counts as never received in time (filings.h): worth a warning once the due has passed or is within a day.
const DAY = 86_400_000;
export function whatWithdrawalCosts(routes: readonly RouteLine[], now: number): { key: 'fill.withdrawExplained' | 'fill.withdrawSoon' | 'fill.withdrawPast'; due: string } {
  const dues = canDo(routes, 'withdraw').flatMap((route) => (route.dueAt ? [route.dueAt] : [])).sort((a, b) => Date.parse(a) - Date.parse(b));
  const first = dues[0];
  if (!first || Date.parse(first) - now > DAY) return { key: 'fill.withdrawExplained', due: '' };
  return { key: Date.parse(first) < now ? 'fill.withdrawPast' : 'fill.withdrawSoon', due: first };
}
