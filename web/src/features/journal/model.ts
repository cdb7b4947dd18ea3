// A journal line in words. What the page has no word for is shown as it stands: nothing of the journal is hidden.
import { markWords, type Mark } from '@/design/marks';
import { t, type Key, type PlainKey } from '@/i18n';
import { zh } from '@/locales/zh';
import type { Answered } from '@/request/types';

export type JournalLine = Answered<'/api/v1/journal'>['lines'][number];

const word = (key: string, otherwise: string): string => (key in zh ? (t as unknown as (plain: Key) => string)(key as Key) : otherwise);
export const deedName = (deed: string): string => word(`journal.deed.${deed}`, deed);
export const kindName = (kind: string): string => word(`journal.kind.${kind}`, kind);

// Deeds and kinds that have words, to choose from.
const after = (prefix: string): string[] => Object.keys(zh).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
export const knownDeeds = after('journal.deed.');
export const knownKinds = after('journal.kind.');

export interface DetailLine { name: string; before: string | null; after: string }
type Loose = Record<string, unknown>;
const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldName = (name: string): string => word(`journal.field.${name}`, name);
const plain = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'boolean' ? t(value ? 'word.yes' : 'word.no') : value === undefined || value === null ? '—' : JSON.stringify(value));

// The state of a filing has a word and a mark everywhere else too.
const said = (name: string, value: unknown): string => (name === 'state' && typeof value === 'string' && value in markWords ? t(markWords[value as Mark]) : plain(value));

// {"before": {…}, "after": {…}} line by line; {"from": a, "to": b} as one; everything else as it is.
export function detailLines(detail: unknown): DetailLine[] {
  if (!isRecord(detail)) return [];
  const { before, after, ...rest } = detail;
  const names = new Set([...Object.keys(isRecord(before) ? before : {}), ...Object.keys(isRecord(after) ? after : {})]);
  const changed = [...names].map((name) => ({ name, before: said(name, isRecord(before) ? before[name] : undefined), after: said(name, isRecord(after) ? after[name] : undefined) }));
  const others = Object.entries(rest).map(([name, value]): DetailLine =>
    isRecord(value) && 'from' in value && 'to' in value ? { name, before: plain(value.from), after: plain(value.to) } : { name, before: null, after: plain(value) });
  return [...changed, ...others];
}

// What was done from the command line or by the daily job has no person and no address of a machine.
const marks: Record<string, PlainKey> = { operator: 'journal.operator', replay: 'journal.replay' };
export const who = (line: Pick<JournalLine, 'actorName' | 'address'>): string => (line.address === 'operator' && line.actorName === 'operator' ? t('journal.system') : line.actorName);
export const where = (address: string): string => (marks[address] ? t(marks[address]) : address);
