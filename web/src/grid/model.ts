// What a grid is made of: fixed statistics tables (a tree of rows, a tree of columns) and ledgers that grow rows.
import type { Formulas, Read } from './evaluate';

export type CellType = 'number' | 'text' | 'date' | 'choice';
export interface Choice { value: string; label: string }

// A node of the head. Leaves are columns; type, unit and the like belong to leaves.
export interface HeadNode {
  id: string;
  title: string;
  children?: HeadNode[];
  type?: CellType;       // number when absent
  unit?: string;         // 家, 项, 万元, %; shown in the unit row
  ofWhich?: boolean;     // 其中: part of the column before
  locked?: boolean;      // never typed: formulas, figures from elsewhere
  required?: boolean;
  decimals?: number;     // of a number; 0 when absent
  choices?: Choice[];
  limit?: number;        // characters of a text
  width?: number;        // pixels
}

export interface Column extends HeadNode { type: CellType; decimals: number; width: number; index: number }

// group rows carry a title and no cells; subtotal and total rows are set off.
export type RowKind = 'data' | 'group' | 'subtotal' | 'total';
export interface GridRow { id: string; title: string; kind: RowKind; depth: number }

export type CellId = string;  // `${rowId}.${columnId}`, row ids hold no dot
export const cellId = (row: { id: string }, column: { id: string }): CellId => `${row.id}.${column.id}`;

export type Level = 'error' | 'warning' | 'note';
// about: the value a note speaks of; once the cell holds another the note is settled, still to be read but no longer to be worked off.
export interface CellMessage { cell: CellId; level: Level; text: string; about?: string }

// Where a cell's value came from, when nobody typed it here.
export type Source = 'last_window' | 'sum_of_lower' | 'ledger' | 'formula';

export interface SheetModel {
  columns: HeadNode[];
  rows: GridRow[];
  values: Readonly<Record<CellId, string>>;  // decimals as plain text, dates as 2023-03-05, nil as "nil"; blank is absent
  sources?: Readonly<Record<CellId, Source>>;
  lockedCells?: readonly CellId[];           // beside locked columns and formula cells
  formulas?: Formulas;
  previous?: Read;                           // cells of the last window, for formulas
  grows?: boolean;                           // a ledger: rows may be added and removed
  newRowId?: () => string;                   // for ledgers
  year?: number;                             // for dates written without one: 3月5日
}

const usualWidth: Record<CellType, number> = { number: 88, text: 180, date: 104, choice: 120 };

export function columnsOf(head: readonly HeadNode[]): Column[] {
  const leaves = head.flatMap(function leaf(node: HeadNode): HeadNode[] {
    return node.children?.length ? node.children.flatMap(leaf) : [node];
  });
  return leaves.map((node, index) => {
    const type = node.type ?? 'number';
    return { ...node, type, decimals: node.decimals ?? 0, width: node.width ?? usualWidth[type], index };
  });
}
