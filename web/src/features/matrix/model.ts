// The matrix as it is drawn: which mark a cell bears, how windows are headed, which rows stand together.
import type { Mark } from '@/design/marks';
import type { PlainKey } from '@/i18n';
import { owing, type Campaign } from '@/features/campaigns/model';
import type { Answered } from '@/request/types';

export type Matrix = Answered<'/api/v1/campaigns/{id}/matrix'>;
export type Window = Matrix['windows'][number];
export type Row = Matrix['rows'][number];
export type Cell = Row['cells'][number];
export type Reading = Cell['reading'];

// Late shows before nil and partial: what is out of order stands out, the rest is quiet.
export function markOf(cell: Pick<Cell, 'reading' | 'state' | 'timeliness' | 'nil' | 'partial'>): Mark {
  if (cell.reading === 'overdue') return 'missing';
  if (cell.reading === 'expected') return cell.state === 'withdrawn' ? 'withdrawn' : 'expected';
  if (cell.reading !== 'accepted') return cell.reading;
  if (cell.timeliness.counted === 'late') return 'late';
  if (cell.nil) return 'nil';
  return cell.partial ? 'partial' : 'accepted';
}

export const readingMarks = {
  accepted: 'accepted', submitted: 'submitted', returned: 'returned', expected: 'expected', overdue: 'missing', excused: 'excused', not_applicable: 'not_applicable',
} as const satisfies Record<Reading, Mark>;

export const levelWords = {
  province: 'level.province', city: 'level.city', county: 'level.county', town: 'level.town', zone: 'level.zone', enterprise: 'level.enterprise',
} as const satisfies Record<string, PlainKey>;

export const levelWord = (level: string): PlainKey => (level in levelWords ? levelWords[level as keyof typeof levelWords] : 'level.other');

export interface Group { level: string; rows: Row[] }

// A duty to look at. receivers: whose side of it can be chosen; empty where there is just one, the server knows which.
export interface DutyChoice { duty: string; title: string; level: string; receivers: { id: string; name: string }[] }

// Duties that are owed at all (a rule carried only by name has no filings), as far as they concern the unit: what it owes or
// receives; who reports nothing itself, an office, also looks at what the levels below owe each other, one receiver at a time.
export function dutyChoices(whole: Pick<Campaign, 'duties' | 'reporters'>, unit: string, today: string): DutyChoice[] {
  const reports = whole.reporters.some((one) => one.organizationId === unit);
  return whole.duties.flatMap((one): DutyChoice[] => {
    const { title, level, occurrences, onEvent, collectedFor } = one.definition;
    if (occurrences.length === 0 && !onEvent) return [];
    const owe = owing(whole.reporters, one, today);
    const choice = { duty: one.duty, title, level, receivers: [] };
    if (owe.some((reporter) => reporter.organizationId === unit || reporter.receiverId === unit)) return [choice];
    if (reports) return [];
    if (collectedFor === '') return [choice];
    const receivers = [...new Map(owe.map((reporter) => [reporter.receiverId, { id: reporter.receiverId, name: reporter.receiverName }])).values()];
    return receivers.length ? [{ ...choice, receivers }] : [];
  });
}

// In official order; levels in the order in which they first appear.
export function grouped(rows: readonly Row[]): Group[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.level, [...(groups.get(row.level) ?? []), row]);
  return [...groups].map(([level, held]) => ({ level, rows: held }));
}

// A head of two lines: the month (of weeks and days) or the year above, the number below.
export interface HeadBox { text: string; span: number }
export interface Heading { above: string; below: string }

const twoDigits = (text: string): number => Number(text);

export function headingOf(slot: string, windowTo: string): Heading {
  const [year = '', month = '', day = ''] = windowTo.split('-');
  const inMonth = `${year}-${month}`;
  const week = /^\d{4}-W(\d+)/.exec(slot);
  if (week) return { above: inMonth, below: String(twoDigits(week[1]!)) };
  if (/^\d{4}-\d{2}$/.test(slot)) return { above: year, below: `m${twoDigits(month)}` };
  const quarter = /^\d{4}-Q(\d)$/.exec(slot);
  if (quarter) return { above: year, below: `q${quarter[1]}` };
  const half = /^\d{4}-H(\d)$/.exec(slot);
  if (half) return { above: year, below: `h${half[1]}` };
  if (/^\d{4}$/.test(slot)) return { above: year, below: 'year' };
  const hour = /T(\d{2}:\d{2})$/.exec(slot);
  if (hour) return { above: `${inMonth}-${day}`, below: hour[1]! };
  const span = /^\d{4}-(\d{2})-\d{2}\.\.\d{4}-(\d{2})-\d{2}$/.exec(slot);
  if (span) return { above: year, below: span[1] === span[2] ? `m${twoDigits(span[1]!)}` : `m${twoDigits(span[1]!)}–${twoDigits(span[2]!)}` };
  return { above: inMonth, below: String(twoDigits(day)) };
}

// Neighbours with the same text share one box.
export function boxes(texts: readonly string[]): HeadBox[] {
  const out: HeadBox[] = [];
  for (const text of texts) {
    const last = out[out.length - 1];
    if (last && last.text === text) last.span++;
    else out.push({ text, span: 1 });
  }
  return out;
}

export interface Place { row: number; column: number }

// Where an arrow leads; null for other keys.
export function step(key: string, ctrl: boolean, from: Place, rows: number, columns: number): Place | null {
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(0, most - 1));
  const to = (row: number, column: number): Place => ({ row: clamp(row, rows), column: clamp(column, columns) });
  switch (key) {
    case 'ArrowUp': return to(from.row - 1, from.column);
    case 'ArrowDown': return to(from.row + 1, from.column);
    case 'ArrowLeft': return to(from.row, from.column - 1);
    case 'ArrowRight': return to(from.row, from.column + 1);
    case 'PageUp': return to(from.row - 10, from.column);
    case 'PageDown': return to(from.row + 10, from.column);
    case 'Home': return to(ctrl ? 0 : from.row, 0);
    case 'End': return to(ctrl ? rows : from.row, columns);
    default: return null;
  }
}

// The missing by name, one a line, for a message to them.
export const namesOf = (missing: readonly { name: string }[]): string => missing.map((one) => one.name).join('\n');

// 96.8 -> 96.8%, 100.0 -> 100%, — stays.
export const percent = (rate: string): string => (rate === '—' ? rate : `${rate.replace(/\.0$/, '')}%`);

// What has not begun and holds nothing yet is left out: the columns are for what can be looked at.
export function begun(windows: readonly Window[], today: string): Window[] {
  const shown = windows.filter((one) => one.windowFrom <= today || one.accepted + one.submitted + one.returned > 0);
  return shown.length ? shown : windows.slice(0, 1);
}
