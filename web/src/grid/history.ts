// One edit is one step of undo, however many cells it touches.
import type { CellId, GridRow } from './model';

export interface Change { cell: CellId; before: string; after: string }
export interface RowsAt { index: number; rows: GridRow[] }
export interface Edit { changes: Change[]; added?: RowsAt; removed?: RowsAt }

export const isEmpty = (edit: Edit): boolean => edit.changes.length === 0 && !edit.added && !edit.removed;

export function reverse(edit: Edit): Edit {
  const changes = [...edit.changes].reverse().map(({ cell, before, after }) => ({ cell, before: after, after: before }));
  return { changes, ...(edit.removed && { added: edit.removed }), ...(edit.added && { removed: edit.added }) };
}

const kept = 300;

export class History {
  #done: Edit[] = [];
  #undone: Edit[] = [];

  get canUndo(): boolean { return this.#done.length > 0; }
  get canRedo(): boolean { return this.#undone.length > 0; }

  add(edit: Edit): void {
    this.#done.push(edit);
    if (this.#done.length > kept) this.#done.shift();
    this.#undone = [];
  }

  // The edit to apply, or null when there is none.
  undo(): Edit | null {
    const edit = this.#done.pop();
    if (!edit) return null;
    this.#undone.push(edit);
    return reverse(edit);
  }

  redo(): Edit | null {
    const edit = this.#undone.pop();
    if (!edit) return null;
    this.#done.push(edit);
    return edit;
  }
}
