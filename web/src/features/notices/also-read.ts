// What was read beside duties, as rows to look at: a kind, a line of words, and the place in the text that it comes from.
import { t } from '@/i18n';
import type { AlsoRead } from './types';

export const kinds = ['replaces', 'phases', 'workLines', 'leadingGroup', 'sectors', 'keyDates', 'evaluation', 'ledgerColumns', 'papers'] as const;
export type Kind = (typeof kinds)[number];

export interface Row { label: string; words: string; more: string[]; from: number; to: number }
export interface Group { kind: Kind; rows: Row[] }

// 2023-03-01 – 2023-03-15; one day once; an open end stays open; '' where the notice gives no day.
export function spanOf(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return '';
  return start === end ? start! : `${start ?? ''} – ${end ?? ''}`.trim();
}

const row = (place: { from: number; to: number }, label: string, words: string, more: string[] = []): Row => ({ label, words, more: more.filter((one) => one !== ''), from: place.from, to: place.to });

// Several papers are shown; a single one is the notice itself.
export function groupsOf(read: AlsoRead): Group[] {
  const listed = (names: readonly string[]): string => names.join(t('word.listed'));
  const named = (part: 'leads' | 'responsible' | 'supports', names: readonly string[]): string => (names.length ? `${t(`notice.${part}`)} ${listed(names)}` : '');
  const rows: Record<Kind, Row[]> = {
    replaces: read.replaces.map((one) => row(one, one.docNumber, one.title || one.scope, [one.title ? one.scope : '', one.issueDate ?? ''])),
    phases: read.phases.map((one) => row(one, spanOf(one.startDate, one.endDate), one.title, one.repairs)),
    workLines: read.workLines.map((one) => row(one, one.section, one.title, [one.under])),
    leadingGroup: read.leadingGroup.map((one) => row(one, one.role, one.post || one.organization)),
    sectors: read.sectors.map((one) => row(one, '', one.sector, [named('leads', one.leads), named('responsible', one.responsible), named('supports', one.supports), ...one.tasks])),
    keyDates: read.keyDates.map((one) => row(one, spanOf(one.startDate, one.endDate), one.what, one.repairs)),
    evaluation: read.evaluation.map((one) => row(one, `${t(`notice.effect.${one.effect}`)} ${one.points ?? ''}`.trim(), one.what, one.repairs)),
    ledgerColumns: read.ledgerColumns.map((one) => row(one, '', one.form || listed(one.columns), one.form ? [listed(one.columns)] : [])),
    papers: read.papers.length > 1 ? read.papers.map((one) => row({ from: one.from, to: one.from }, one.docNumber, one.title, [one.issuer, one.issueDate ?? ''])) : [],
  };
  return kinds.map((kind) => ({ kind, rows: rows[kind] })).filter((group) => group.rows.length > 0);
}
