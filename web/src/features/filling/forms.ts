// From a form's definition and a part's content to what the grid draws, and back to what is saved.
import type { Ast, Formula } from '@/grid/evaluate';
import type { CellMessage, Choice, GridRow, HeadNode, SheetModel, Source } from '@/grid/model';
import type { Sheet } from '@/grid/sheet';
import type { PartContent, PartReport } from './model';

export interface FormColumn {
  id: string; title: string; path: string[]; unit: string; ofWhich: boolean; decimals: number; width: number; assumed: boolean;
  source: 'typed' | 'last_window' | 'lower_level' | 'formula' | 'cumulative';
}
export interface FormRow { id: string; title: string; kind: 'item' | 'subtotal' | 'total'; depth: number }
export interface FormField {
  id: string; title: string; type: 'text' | 'date' | 'number' | 'choice' | 'organization'; choices: { id: string; title: string }[]; required: boolean;
  decimals: number; width: number; longest: number;
}
export interface FormDefinition {
  id: string; kind: 'table' | 'ledger' | 'items'; title: string; subtitle: string; unitNote: string; assumed: boolean;
  rowHead?: string; columns?: FormColumn[]; rows?: FormRow[]; formulas?: Record<string, { ast: Ast; scale: number }>;
  fields?: FormField[];
  categories?: { id: string; title: string }[]; picturesMin?: number;
}

// The head as a tree, from each column's titles top to leaf; neighbours under the same title share its box.
export function headOf(columns: readonly FormColumn[], depth = 0): HeadNode[] {
  const nodes: HeadNode[] = [];
  for (let at = 0; at < columns.length;) {
    const first = columns[at]!;
    if (first.path.length <= depth + 1) {
      nodes.push({
        id: first.id, title: first.title, ofWhich: first.ofWhich, decimals: first.decimals, locked: first.source === 'formula' || first.source === 'cumulative',
        ...(first.unit && { unit: first.unit }),
      });
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < columns.length && columns[end]!.path.length > depth + 1 && columns[end]!.path[depth] === first.path[depth]) end += 1;
    nodes.push({ id: `head-${depth}-${first.id}`, title: first.path[depth]!, children: headOf(columns.slice(at, end), depth + 1) });
    at = end;
  }
  return nodes;
}

const kinds = { item: 'data', subtotal: 'subtotal', total: 'total' } as const;
const rowsOf = (form: FormDefinition): GridRow[] => (form.rows ?? []).map((row) => ({ id: row.id, title: row.title, kind: kinds[row.kind], depth: row.depth }));

const lockedOf = (form: FormDefinition): string[] =>
  (form.rows ?? []).filter((row) => row.kind !== 'item').flatMap((row) => (form.columns ?? []).map((column) => `${row.id}.${column.id}`));

const sourceNames: Record<string, Source> = { last_window: 'last_window', lower_level: 'sum_of_lower' };

// What arrived filled: offered by last window or the level below, and not typed over in the draft.
export function offeredIn(report: Pick<PartReport, 'values' | 'sources'> | undefined): { values: Record<string, string>; sources: Record<string, Source> } {
  const values: Record<string, string> = {};
  const sources: Record<string, Source> = {};
  for (const [cell, from] of Object.entries(report?.sources ?? {})) {
    const source = sourceNames[from];
    const value = report?.values[cell];
    if (!source || value === undefined) continue;
    values[cell] = value;
    sources[cell] = source;
  }
  return { values, sources };
}

export function tableModel(form: FormDefinition, content: PartContent, report: PartReport | undefined): SheetModel {
  const offered = offeredIn(report);
  const previous = report?.previous ?? {};
  return {
    columns: headOf(form.columns ?? []), rows: rowsOf(form), values: { ...offered.values, ...(content.cells ?? {}) }, sources: offered.sources,
    lockedCells: lockedOf(form), formulas: (form.formulas ?? {}) as Record<string, Formula>, previous: (cell) => previous[cell],
  };
}

// A handed-in table as it was: every cell as it is stored, nothing computed anew.
export function storedTableModel(form: FormDefinition, values: Readonly<Record<string, string>>): SheetModel {
  return { columns: headOf(form.columns ?? []), rows: rowsOf(form), values };
}

// What the filer says: typed cells, without those that hold just what was offered.
export function cellsOf(sheet: Sheet, offered: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(sheet.values()).filter(([cell, value]) => !sheet.isFormula(cell) && offered[cell] !== value));
}

const fieldTypes = { text: 'text', organization: 'text', date: 'date', number: 'number', choice: 'choice' } as const;

function fieldColumn(field: FormField): HeadNode {
  const choices: Choice[] = field.choices.map((choice) => ({ value: choice.id, label: choice.title }));
  return {
    id: field.id, title: field.title, type: fieldTypes[field.type], required: field.required, decimals: field.decimals, limit: field.longest,
    width: Math.max(64, Math.round(field.width * 8 + 16)), ...(field.type === 'choice' && { choices }),
  };
}

export function ledgerModel(form: FormDefinition, content: PartContent, year: number): SheetModel {
  const given = content.rows ?? [];
  const count = Math.max(given.length, 5);
  let next = count;
  const values: Record<string, string> = {};
  given.forEach((row, index) => { for (const [field, value] of Object.entries(row)) values[`n${index}.${field}`] = value; });
  return {
    columns: (form.fields ?? []).map(fieldColumn), rows: Array.from({ length: count }, (_, index): GridRow => ({ id: `n${index}`, title: '', kind: 'data', depth: 0 })),
    values, grows: true, newRowId: () => `n${next++}`, year,
  };
}

// Rows as the sheet holds them, blank ones at the end left out; blank ones between stay, so that the server's r3 is the third on screen.
export function rowsIn(sheet: Sheet): Record<string, string>[] {
  const values = sheet.values();
  const rows = sheet.rows.map((row) => Object.fromEntries(sheet.columns.map((column) => [column.id, values[`${row.id}.${column.id}`] ?? '']).filter(([, value]) => value !== '')));
  while (rows.length > 0 && Object.keys(rows[rows.length - 1]!).length === 0) rows.pop();
  return rows as Record<string, string>[];
}

// Places of the server in the grid's names: "r3.level" of a ledger is the third row on screen, a table's cells have the same name.
export function cellIn(sheet: Sheet, place: string): string | null {
  const dot = place.indexOf('.');
  const row = dot < 0 ? place : place.slice(0, dot);
  const column = dot < 0 ? sheet.columns[0]?.id : place.slice(dot + 1);
  if (!sheet.grows) {
    const cell = `${row}.${column}`;
    return sheet.placeOf(cell) ? cell : null;
  }
  const index = Number(/^r(\d+)$/.exec(row)?.[1] ?? 0) - 1;
  const there = sheet.rows[index];
  return there ? `${there.id}.${column}` : null;
}

export interface Placed { place: string; level: CellMessage['level']; text: string; about?: string }
export function messagesIn(sheet: Sheet, placed: readonly Placed[]): CellMessage[] {
  return placed.flatMap(({ place, ...message }) => {
    const cell = cellIn(sheet, place);
    return cell ? [{ cell, ...message }] : [];
  });
}
