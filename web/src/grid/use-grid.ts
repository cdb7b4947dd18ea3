// The grid's state on screen: selection, editing, what is said in the status line; and the deeds that keys and mouse ask for.
import { computed, onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue';
import { t } from '@/i18n';
import { addRows, clear, copyText, fillDown, isBlankRow, paste, removeRows, type } from './deeds';
import type { Edit } from './history';
import { problemsOf, problemsAt, nextOf, previousOf } from './problems';
import { editable, sayPaste, sayProblem } from './say';
import { all, at, goTo, isSingle, keepWithin, moveBy, rangeOf, tabOn, type Place, type Selection } from './selection';
import type { Sheet } from './sheet';

// ready: keys move; typing: begun by a letter, arrows commit; editing: begun by F2 or a double click, arrows move the caret.
export type Mode = 'ready' | 'typing' | 'editing';


// The first row that people fill in; totals may stand above it.
const firstRow = (sheet: Sheet): number => Math.max(0, sheet.rows.findIndex((row) => row.kind === 'data'));

export function useGrid(sheet: Ref<Sheet>, readonly: Ref<boolean>, edited: (edit: Edit) => void) {
  const version = ref(0);
  const selection = shallowRef<Selection>(at(firstRow(sheet.value), 0));
  const mode = ref<Mode>('ready');
  const text = ref('');
  const said = ref('');
  let leaving = false;  // Esc was pressed: the next Tab leaves the grid instead of going to the next cell
  let stop: () => void = () => undefined;

  watch(sheet, (next) => {
    stop();
    selection.value = at(firstRow(next), 0);
    mode.value = 'ready';
    stop = next.listen((edit) => {
      version.value += 1;
      if (!edit) return;
      selection.value = keepWithin(selection.value, next.bounds);
      edited(edit);
    });
    version.value += 1;
  }, { immediate: true });
  onBeforeUnmount(() => stop());

  const active = computed<Place>(() => selection.value.active);
  const range = computed(() => rangeOf(selection.value));
  const column = computed(() => sheet.value.columns[active.value.column]!);
  const isOpen = (place: Place): boolean => !readonly.value && sheet.value.rows.length > 0 && !sheet.value.isLockedAt(place);
  const problems = computed(() => (version.value, problemsOf(sheet.value)));
  const here = computed(() => (version.value, sheet.value.rows.length === 0 ? [] : problemsAt(sheet.value, sheet.value.idAt(active.value))));

  function select(next: Selection): void {
    commit();
    said.value = '';
    leaving = false;
    selection.value = keepWithin(next, sheet.value.bounds);
  }

  function begin(how: 'typing' | 'editing'): boolean {
    if (mode.value !== 'ready' || !isOpen(active.value)) return false;
    mode.value = how;
    if (how === 'editing') text.value = editable(sheet.value.valueAt(active.value), column.value);
    return true;
  }

  function commit(): void {
    if (mode.value === 'ready') return;
    mode.value = 'ready';
    const typed = text.value;
    text.value = '';
    type(sheet.value, active.value, typed);
  }

  function cancel(): void {
    leaving = mode.value === 'ready';
    mode.value = 'ready';
    text.value = '';
  }

  const move = (rows: number, columns: number, extend = false): void =>
    select(moveBy(selection.value, rows, columns, sheet.value.bounds, extend));
  const moveTo = (place: Partial<Place>, extend = false): void =>
    select(goTo(selection.value, { ...active.value, ...place }, sheet.value.bounds, extend));

  // Enter on the last row of a ledger goes on in a new one, unless the last is still blank.
  function enterDown(up: boolean): void {
    commit();
    const last = active.value.row === sheet.value.rows.length - 1;
    if (!up && last && sheet.value.grows && !readonly.value && !isBlankRow(sheet.value, active.value.row)) addRows(sheet.value, sheet.value.rows.length);
    move(up ? -1 : 1, 0);
  }

  // False at either end and after Esc, where the browser's own Tab leaves the grid.
  function tab(back: boolean): boolean {
    const next = leaving ? null : tabOn(selection.value, sheet.value.bounds, back);
    if (next) select(next);
    else commit();
    return next !== null;
  }

  function step(edit: Edit | null, word: string): void {
    if (!edit) return;
    const place = edit.changes[0] && sheet.value.placeOf(edit.changes[0].cell);
    if (place) selection.value = at(place.row, place.column);
    said.value = word;
  }

  function clearSelected(): void {
    if (readonly.value) return;
    const locked = clear(sheet.value, range.value);
    said.value = locked > 0 ? t('grid.lockedSkipped', { count: locked }) : '';
  }

  function pasteText(pasted: string): void {
    if (readonly.value || sheet.value.rows.length + Number(sheet.value.grows) === 0) return;
    const report = paste(sheet.value, selection.value, pasted);
    if (report.range.bottom >= report.range.top)
      selection.value = keepWithin({
        anchor: { row: report.range.bottom, column: report.range.right }, active: { row: report.range.top, column: report.range.left },
      }, sheet.value.bounds);
    said.value = sayPaste(report);
  }

  function copied(): string {
    const { top, bottom, left, right } = range.value;
    said.value = t('grid.copied', { rows: bottom - top + 1, columns: right - left + 1 });
    return copyText(sheet.value, range.value);
  }

  function fill(): void {
    if (readonly.value) return;
    const locked = fillDown(sheet.value, range.value);
    said.value = locked > 0 ? t('grid.lockedSkipped', { count: locked }) : '';
  }

  function addRow(): void {
    commit();
    const index = sheet.value.rows.length === 0 ? 0 : range.value.bottom + 1;
    addRows(sheet.value, index);
    selection.value = at(index, 0);
  }

  function removeSelected(): void {
    commit();
    const { top, bottom } = range.value;
    if (removeRows(sheet.value, top, bottom)) said.value = t('grid.rowsRemoved', { count: bottom - top + 1 });
  }

  function toNextProblem(): void {
    const next = nextOf(problems.value, active.value);
    if (!next) return;
    select(at(next.place.row, next.place.column));
    said.value = sayProblem(next);
  }

  // Walks through given places (what changed since the version before), round the end.
  function walk(places: readonly { place: Place }[], by: 1 | -1): void {
    const to = by > 0 ? nextOf(places, active.value) : previousOf(places, active.value);
    if (to) select(at(to.place.row, to.place.column));
  }

  return {
    version, selection, mode, text, said, active, range, column, problems, here,
    isOpen, select, begin, commit, cancel, move, moveTo, enterDown, tab, clearSelected, pasteText, copied, fill, addRow, removeSelected, toNextProblem, walk,
    isSingle: () => isSingle(selection.value),
    selectAll: () => select(all(sheet.value.bounds)),
    undo: () => step(sheet.value.undo(), t('grid.undone')),
    redo: () => step(sheet.value.redo(), t('grid.redone')),
  };
}

export type GridDeeds = ReturnType<typeof useGrid>;
