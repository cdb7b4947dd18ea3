// What the totals page chooses from, and how a figure reads.
import { withSeparators } from '@/grid/decimal';
import type { Answered } from '@/request/types';

export type Campaign = Answered<'/api/v1/campaigns/{id}'>;
export type DutyLine = Campaign['duties'][number];
export type Totals = Answered<'/api/v1/campaigns/{id}/totals'>;
export type Contributor = Totals['contributors'][number];
export type OpenedCell = Answered<'/api/v1/campaigns/{id}/totals/cell'>;
export type Share = OpenedCell['shares'][number];

export interface Choice { id: string; duty: string; part: string; title: string }

// Table parts of the duties that units hand in by themselves; what is collected for another opens from it.
export function choicesOf(duties: readonly DutyLine[]): Choice[] {
  return duties.filter((one) => one.definition.collectedFor === '').flatMap((one) =>
    one.definition.parts.filter((part) => part.kind === 'table').map((part) => ({ id: `${one.duty}/${part.id}`, duty: one.duty, part: part.id, title: part.title })));
}

export interface WindowChoice { slot: string; windowFrom: string; windowTo: string }

// Windows that have begun, newest first; those in which the part is asked.
export function windowsOf(duty: DutyLine | undefined, part: string, today: string): WindowChoice[] {
  if (!duty) return [];
  const { occurrences, firstParts } = duty.definition;
  return occurrences.filter((one) => one.windowFrom <= today && (!one.first || firstParts.length === 0 || firstParts.includes(part))).reverse();
}

// The newest window that is already due; before the first due the newest one.
export function usualWindow(duty: DutyLine | undefined, windows: readonly WindowChoice[], now: string): string {
  const due = new Map((duty?.definition.occurrences ?? []).map((one) => [one.slot, one.due.at ?? one.windowTo]));
  return (windows.find((one) => (due.get(one.slot) ?? '') <= now) ?? windows[0])?.slot ?? '';
}

// The duty by which the units below hand the same table to a reporter.
export const dutyBelow = (duties: readonly DutyLine[], duty: string): string => duties.find((one) => one.definition.collectedFor === duty)?.duty ?? '';

// The same three groups as the server's filters of these names.
const saysNil = (one: Contributor): boolean => !one.counted && one.nil && one.reading === 'accepted';

export const nilOf = (totals: Totals): Contributor[] => totals.contributors.filter(saysNil);

export const missingOf = (totals: Totals): Contributor[] =>
  totals.contributors.filter((one) => !one.counted && !saysNil(one) && one.reading !== 'excused' && one.reading !== 'not_applicable');

export const countedOf = (totals: Totals): Contributor[] => totals.contributors.filter((one) => one.counted);

// "" nobody said anything; "nil" stands for 无, said by the caller.
export const figure = (value: string, nilWord: string): string => (value === '' ? '—' : value === 'nil' ? nilWord : withSeparators(value));

// Nothing said, nothing to report and zero add up alike.
const added = (text: string | undefined): string => (text === undefined || text === '' || text === 'nil' || /^0(\.0+)?$/.test(text) ? '0' : text);

// Cells whose recount from below is another figure.
export function differing(totals: Totals): { cell: string; recount: string }[] {
  if (Object.keys(totals.recount).length === 0) return [];
  return Object.keys({ ...totals.official, ...totals.recount }).filter((cell) => added(totals.official[cell]) !== added(totals.recount[cell])).map((cell) => ({ cell, recount: totals.recount[cell] ?? '' }));
}
