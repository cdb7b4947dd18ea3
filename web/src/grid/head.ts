// The head of several rows: which cell stands where, over how many columns and rows, and how tall its row must be.
import { columnsOf, type HeadNode } from './model';

export interface HeadCell { id: string; title: string; ofWhich: boolean; row: number; column: number; rowSpan: number; columnSpan: number }

const depthOf = (nodes: readonly HeadNode[]): number =>
  nodes.reduce((deepest, node) => Math.max(deepest, 1 + (node.children?.length ? depthOf(node.children) : 0)), 0);

// A head that is not parted goes down to the last row, as on the paper form.
export function headCells(head: readonly HeadNode[]): HeadCell[][] {
  const rows: HeadCell[][] = Array.from({ length: depthOf(head) }, () => []);
  function place(nodes: readonly HeadNode[], row: number, column: number): void {
    for (const node of nodes) {
      const columnSpan = columnsOf([node]).length;
      const parted = Boolean(node.children?.length);
      const rowSpan = parted ? 1 : rows.length - row;
      rows[row]!.push({ id: node.id, title: node.title, ofWhich: node.ofWhich ?? false, row, column, rowSpan, columnSpan });
      if (parted) place(node.children!, row + 1, column);
      column += columnSpan;
    }
  }
  place(head, 0, 0);
  return rows;
}

const lineHeight = 18;
const padding = 10;
const letterWidth = 13;

// Chinese letters are square, others about half as wide.
const widthOf = (text: string): number => Array.from(text).reduce((sum, letter) => sum + (letter > '⺀' ? letterWidth : letterWidth * 0.6), 0);

// Heights by counting letters, known before anything is drawn, so that sticky rows stand without gaps.
export function headHeights(rows: readonly HeadCell[][], widths: readonly number[]): number[] {
  const heights = rows.map(() => lineHeight + padding);
  const cells = rows.flat().sort((a, b) => a.rowSpan - b.rowSpan);
  for (const cell of cells) {
    const width = widths.slice(cell.column, cell.column + cell.columnSpan).reduce((sum, one) => sum + one, 0) - 12;
    const lines = Math.max(1, Math.ceil(widthOf((cell.ofWhich ? '其中：' : '') + cell.title) / Math.max(width, letterWidth)));
    const last = cell.row + cell.rowSpan - 1;
    const held = heights.slice(cell.row, last + 1).reduce((sum, one) => sum + one, 0);
    heights[last]! += Math.max(0, lines * lineHeight + padding - held);
  }
  return heights;
}
