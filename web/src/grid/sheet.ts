// The state of one grid: rows, values, faults, messages, history. Knows nothing of the screen; tell it places, it tells listeners.
// Messages: errors and warnings of the server speak of the value they were made for, and step back once the cell holds another; a
// note stays to be read, and is settled then.
import { evaluateAll, type Formulas } from './evaluate';
import { enter, faultOf, type Fault } from './entry';
import { headCells, type HeadCell } from './head';
import { History, isEmpty, type Edit } from './history';
import { cellId, columnsOf, type CellId, type CellMessage, type Column, type GridRow, type SheetModel, type Source } from './model';
import type { Place } from './selection';

export interface Origin { source: Source; value: string; overridden: boolean }

export class Sheet {
  readonly model: SheetModel;
  readonly head: HeadCell[][];
  readonly columns: Column[];
  readonly #history = new History();
  readonly #locked: Set<CellId>;
  readonly #formulas: Formulas;
  readonly #columnsById: Map<string, Column>;
  #rows: GridRow[];
  #rowIndex = new Map<string, number>();
  #values: Map<CellId, string>;
  #faults = new Map<CellId, Fault>();
  #figures: Map<CellId, string | null> | null = null;
  #messages = new Map<CellId, { given: CellMessage; about: string }[]>();
  #listeners = new Set<(edit: Edit | null) => void>();

  constructor(model: SheetModel) {
    this.model = model;
    this.head = headCells(model.columns);
    this.columns = columnsOf(model.columns);
    this.#columnsById = new Map(this.columns.map((column) => [column.id, column]));
    this.#locked = new Set(model.lockedCells ?? []);
    this.#formulas = model.formulas ?? {};
    this.#rows = [...model.rows];
    this.#values = new Map(Object.entries(model.values).filter(([, value]) => value !== ''));
    this.#indexRows();
    for (const [cell, value] of this.#values) this.#judge(cell, value);
  }

  get rows(): readonly GridRow[] { return this.#rows; }
  get bounds(): { rows: number; columns: number } { return { rows: this.#rows.length, columns: this.columns.length }; }
  get grows(): boolean { return this.model.grows ?? false; }
  get canUndo(): boolean { return this.#history.canUndo; }
  get canRedo(): boolean { return this.#history.canRedo; }

  idAt({ row, column }: Place): CellId { return cellId(this.#rows[row]!, this.columns[column]!); }

  placeOf(cell: CellId): Place | null {
    const [row, column] = [this.#rowIndex.get(cell.slice(0, cell.indexOf('.'))), this.#columnOf(cell)];
    return row === undefined || !column ? null : { row, column: column.index };
  }

  // What the cell holds: typed text or the formula's figure; blank is "".
  value(cell: CellId): string {
    if (!(cell in this.#formulas)) return this.#values.get(cell) ?? '';
    this.#figures ??= evaluateAll(this.#formulas, (id) => this.#values.get(id), this.model.previous ?? (() => undefined));
    return this.#figures.get(cell) ?? '';
  }

  valueAt(place: Place): string { return this.value(this.idAt(place)); }

  // Everything typed, for saving; formula cells are the server's to compute.
  values(): Record<CellId, string> { return Object.fromEntries(this.#values); }

  isFormula(cell: CellId): boolean { return cell in this.#formulas; }

  isLockedAt(place: Place): boolean {
    const [row, column, cell] = [this.#rows[place.row]!, this.columns[place.column]!, this.idAt(place)];
    return row.kind === 'group' || column.locked === true || this.#locked.has(cell) || this.isFormula(cell);
  }

  originOf(cell: CellId): Origin | null {
    if (this.isFormula(cell)) return { source: 'formula', value: this.value(cell), overridden: false };
    const source = this.model.sources?.[cell];
    if (!source) return null;
    const value = this.model.values[cell] ?? '';
    return { source, value, overridden: this.value(cell) !== value };
  }

  faultOf(cell: CellId): Fault | null { return this.#faults.get(cell) ?? null; }
  get faults(): ReadonlyMap<CellId, Fault> { return this.#faults; }

  setMessages(messages: readonly CellMessage[]): void {
    this.#messages.clear();
    for (const given of messages) {
      const known = this.#messages.get(given.cell) ?? [];
      this.#messages.set(given.cell, [...known, { given, about: this.value(given.cell) }]);
    }
    this.#tell(null);
  }

  messagesOf(cell: CellId): CellMessage[] {
    return (this.#messages.get(cell) ?? []).filter(({ given, about }) => given.level === 'note' || about === this.value(cell)).map(({ given }) => given);
  }

  isSettled(message: CellMessage): boolean { return message.about !== undefined && message.about !== this.value(message.cell); }

  get messageCells(): CellId[] { return [...this.#messages.keys()]; }

  // The form that a typed text takes in that column; see entry.ts.
  entered(text: string, column: number): string { return enter(text, this.columns[column]!, this.model.year); }

  newRows(count: number): GridRow[] {
    const make = this.model.newRowId;
    if (!make) throw new Error('a sheet that grows needs newRowId');
    return Array.from({ length: count }, () => ({ id: make(), title: '', kind: 'data', depth: 0 }));
  }

  // Applies an edit as one step; false when there was nothing to do.
  apply(edit: Edit): boolean {
    if (isEmpty(edit)) return false;
    this.#history.add(edit);
    this.#perform(edit);
    return true;
  }

  undo(): Edit | null { return this.#again(this.#history.undo()); }
  redo(): Edit | null { return this.#again(this.#history.redo()); }

  // Called after every change; with null when only messages changed. Returns how to stop listening.
  listen(listener: (edit: Edit | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #again(edit: Edit | null): Edit | null {
    if (edit) this.#perform(edit);
    return edit;
  }

  #perform(edit: Edit): void {
    if (edit.added) this.#rows.splice(edit.added.index, 0, ...edit.added.rows);
    for (const { cell, after } of edit.changes) this.#put(cell, after);
    if (edit.removed) this.#rows.splice(edit.removed.index, edit.removed.rows.length);
    if (edit.added || edit.removed) this.#indexRows();
    this.#figures = null;
    this.#tell(edit);
  }

  #put(cell: CellId, value: string): void {
    if (value === '') this.#values.delete(cell);
    else this.#values.set(cell, value);
    this.#judge(cell, value);
  }

  #judge(cell: CellId, value: string): void {
    const column = this.#columnOf(cell);
    const fault = column ? faultOf(value, column) : null;
    if (fault) this.#faults.set(cell, fault);
    else this.#faults.delete(cell);
  }

  #columnOf(cell: CellId): Column | undefined { return this.#columnsById.get(cell.slice(cell.indexOf('.') + 1)); }
  #indexRows(): void { this.#rowIndex = new Map(this.#rows.map((row, index) => [row.id, index])); }
  #tell(edit: Edit | null): void { for (const listener of [...this.#listeners]) listener(edit); }
}
