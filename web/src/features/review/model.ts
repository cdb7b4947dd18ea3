// What review works on: the queue's lines, one filing as it was handed in, anchors of a return.
import { ledgerModel, storedTableModel, type FormDefinition } from '@/features/filling/forms';
import type { SheetModel } from '@/grid/model';
import type { Answered } from '@/request/types';

export type ReviewPage = Answered<'/api/v1/review'>;
export type ReviewLine = ReviewPage['lines'][number];
export type OpenedFiling = Answered<'/api/v1/filings/{id}'>;
export type RouteLine = OpenedFiling['routes'][number];
export type PartDefinition = OpenedFiling['parts'][number];
export type Differences = Answered<'/api/v1/filings/{id}/differences'>;
export type PartChange = Differences['parts'][number];
export interface Anchor { path: string; note: string }

// A submission's content, as content.h states it.
export interface StoredPaper { id: string; name: string; paper: string; size: number }
export interface StoredPart {
  paragraphs?: string[]; values?: Record<string, string>; reasons?: Record<string, string>; explanations?: Record<string, string>; rows?: Record<string, string>[];
  items?: { id: string; title: string }[]; attachments?: StoredPaper[]; nil?: boolean; formDigest?: string;
}
export interface StoredContent { nil: boolean; gaps: { part: string; reason: string }[]; missingBelow: { organization: string; state: string }[]; parts: Record<string, StoredPart> }

export interface CheckLine { id: string; message: string; rule: string }
export type StoredForm = FormDefinition & { checks?: CheckLine[] };

export const formOf = (opened: OpenedFiling, part: PartDefinition, stored: StoredPart | undefined): StoredForm | undefined => {
  const forms = opened.forms as unknown as Record<string, StoredForm>;
  return forms[stored?.formDigest ?? ''] ?? forms[part.formDigest];
};

export function sheetModelOf(form: StoredForm, stored: StoredPart, year: number): SheetModel {
  if (form.kind === 'table') return storedTableModel(form, stored.values ?? {});
  const model = ledgerModel(form, { rows: stored.rows ?? [] }, year);
  return { ...model, rows: model.rows.slice(0, stored.rows?.length ?? 0) };
}

// The grid counts a ledger's rows n0, n1, …; the API names them r1, r2, …
export const placeOf = (form: StoredForm, cell: string): string => (form.kind === 'table' ? cell : cell.replace(/^n(\d+)/, (_, index: string) => `r${Number(index) + 1}`));
export const cellOf = (form: StoredForm, place: string): string => {
  if (form.kind === 'table') return place.includes('.') ? place : `${place}.${form.columns?.[0]?.id ?? ''}`;
  const cell = place.replace(/^r(\d+)/, (_, index: string) => `n${Number(index) - 1}`);
  return cell.includes('.') ? cell : `${cell}.${form.fields?.[0]?.id ?? ''}`;
};

// What the version before held, by the grid's cell names.
export function differencesOf(form: StoredForm, change: PartChange | undefined): Record<string, string> {
  if (!change) return {};
  if (form.kind === 'table') return Object.fromEntries(change.cells.map((one) => [one.cell, one.before]));
  const rows = change.rows.filter((row) => row.change === 'changed' || row.change === 'added');
  return Object.fromEntries(rows.flatMap((row) => row.fields.map((field) => [`n${row.afterRow - 1}.${field.cell}`, field.before])));
}

export interface PathTitle { part: string; row: string; column: string }

// "statistics:gas.found" in the words of the form.
export function titleOf(path: string, parts: readonly PartDefinition[], formOfPart: (part: PartDefinition) => StoredForm | undefined): PathTitle {
  const [partId = '', place = ''] = path.split(':');
  const part = parts.find((one) => one.id === partId);
  const form = part && formOfPart(part);
  const [rowId = '', columnId = ''] = place.split('.');
  const row = form?.rows?.find((one) => one.id === rowId)?.title ?? rowId.replace(/^[rp](\d+)$/, '$1');
  const column = form?.columns?.find((one) => one.id === columnId)?.path.join(' ') ?? form?.fields?.find((one) => one.id === columnId)?.title ?? columnId;
  return { part: part?.title ?? partId, row, column };
}

export const isLate = (line: ReviewLine): boolean => line.route.timeliness.counted === 'late' || line.route.timeliness.firstReceipt === 'late';

// Where a filing stands in the queue as it was last shown, for j and k.
export function neighbour(queue: readonly string[], id: string, by: 1 | -1): string | null {
  const at = queue.indexOf(id);
  return at < 0 ? null : queue[at + by] ?? null;
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
