// What a campaign page says of duties: their rhythm, what comes next, who owes them.
import type { Answered } from '@/request/types';

export type Campaign = Answered<'/api/v1/campaigns/{id}'>;
export type DutyLine = Campaign['duties'][number];
export type Occurrence = DutyLine['definition']['occurrences'][number];
export type ReporterLine = Campaign['reporters'][number];

export interface Paper { title: string; number?: string | null; issued?: string | null; scope?: string }
export interface Notice {
  title?: string; number?: string | null; issuer?: string; issued?: string; supersedes?: Paper[]; basisPapers?: Paper[]; addressees?: string[]; copies?: string[];
  contact?: { post: string; channel: string } | null; attachments?: { title: string; form?: string | null }[]; leadingGroup?: { role: string; post: string }[]; periodAssumed?: boolean;
}

// The rhythm is that of most windows; the irregular first one does not decide.
export const rhythmSlot = (duty: DutyLine): string => (duty.definition.onEvent ? 'event:' : duty.definition.occurrences.find((one) => !one.first)?.slot ?? '');

export interface NextDue { duty: string; title: string; slot: string; windowFrom: string; windowTo: string; at: string; hasHour: boolean }

// What is due next, soonest first; a duty without a day is judged by its window's end and is not among them.
export function nextDues(duties: readonly DutyLine[], now: string, most: number): NextDue[] {
  return duties.filter((one) => one.definition.collectedFor === '').flatMap((one) => one.definition.occurrences.flatMap(({ slot, windowFrom, windowTo, due }) =>
    due.at && due.at >= now ? [{ duty: one.duty, title: one.definition.title, slot, windowFrom, windowTo, at: due.at, hasHour: due.hasHour }] : []))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, most);
}

export const nextOf = (duty: DutyLine, now: string): Occurrence | undefined => duty.definition.occurrences.find((one) => (one.due.at ?? `${one.windowTo}T23:59:59.999+08:00`) >= now);

export const owing = (reporters: readonly ReporterLine[], duty: DutyLine, today: string): ReporterLine[] =>
  reporters.filter((one) => one.groups.includes(duty.definition.group) && (duty.definition.level === '' || one.level === duty.definition.level) && (!one.to || one.to > today));

export function found(reporters: readonly ReporterLine[], search: string): ReporterLine[] {
  const wanted = search.trim();
  return wanted === '' ? [...reporters] : reporters.filter((one) => one.name.includes(wanted) || one.shortName.includes(wanted));
}
