// What is drawn: sizes, the rows in sight, and for each cell everything its template needs.
import { computed, ref, shallowRef, type Ref } from 'vue';
import { t } from '@/i18n';
import { headHeights } from './head';
import type { CellId, Level, Source } from './model';
import { problemsAt } from './problems';
import { sayProblem, show } from './say';
import type { Place } from './selection';
import type { Sheet } from './sheet';
import { scrollInto, scrollToMiddle, windowOf } from './virtual';

export const rowHeight = 28;
export const noteHeight = 22;  // rows of units and column numbers below the head

export interface DrawnCell {
  id: CellId; column: number; text: string; numeric: boolean; locked: boolean; required: boolean;
  level: Level | null; messages: string; source: Source | null; overridden: boolean; before: string | null;
}
export interface DrawnRow { index: number; id: string; title: string; kind: string; depth: number; cells: DrawnCell[] }

export interface Shape { rowTitleWidth: number; pinned: number; extraHeadRows: number }

const severity: Record<Level, number> = { error: 0, warning: 1, note: 2 };

function drawCell(sheet: Sheet, place: Place, differences: Readonly<Record<CellId, string>>): DrawnCell {
  const id = sheet.idAt(place);
  const column = sheet.columns[place.column]!;
  const problems = problemsAt(sheet, id).sort((a, b) => severity[a.level] - severity[b.level]);
  const origin = sheet.originOf(id);
  const before = differences[id];
  return {
    id, column: place.column, text: show(sheet.value(id), column), numeric: column.type === 'number',
    locked: sheet.isLockedAt(place), required: column.required ?? false,
    level: problems[0]?.level ?? null, messages: problems.map(sayProblem).join(t('word.semicolon')),
    source: origin?.source ?? null, overridden: origin?.overridden ?? false,
    before: before === undefined ? null : show(before, column) || t('grid.blank'),
  };
}

export function useDrawn(sheet: Ref<Sheet>, version: Ref<number>, shape: Ref<Shape>, differences: Ref<Readonly<Record<CellId, string>>>) {
  const scroll = shallowRef({ top: 0, left: 0 });
  const size = shallowRef({ width: 1000, height: 600 });
  const viewport = ref<HTMLElement>();

  const widths = computed(() => sheet.value.columns.map((column) => column.width));
  // Left edge of each column, the row titles before it included.
  const lefts = computed(() => widths.value.reduce<number[]>((edges, width) => [...edges, edges[edges.length - 1]! + width], [shape.value.rowTitleWidth]));
  const heights = computed(() => headHeights(sheet.value.head, widths.value));
  const tops = computed(() => heights.value.reduce<number[]>((edges, height) => [...edges, edges[edges.length - 1]! + height], [0]));
  const headHeight = computed(() => tops.value[tops.value.length - 1]! + shape.value.extraHeadRows * noteHeight);
  const pinnedWidth = computed(() => lefts.value[shape.value.pinned]!);
  const width = computed(() => lefts.value[lefts.value.length - 1]!);
  const window_ = computed(() => (version.value,
    windowOf(scroll.value.top, size.value.height - headHeight.value, rowHeight, sheet.value.rows.length)));

  const rows = computed<DrawnRow[]>(() => {
    void version.value;
    return sheet.value.rows.slice(window_.value.first, window_.value.end).map((row, offset) => {
      const index = window_.value.first + offset;
      const cells = sheet.value.columns.map((column) => drawCell(sheet.value, { row: index, column: column.index }, differences.value));
      return { index, id: row.id, title: row.title, kind: row.kind, depth: row.depth, cells };
    });
  });

  function measure(): void {
    const box = viewport.value;
    if (!box) return;
    scroll.value = { top: box.scrollTop, left: box.scrollLeft };
    size.value = { width: box.clientWidth, height: box.clientHeight };
  }

  // A step keeps the page still where it can; a jump brings the place into the middle.
  function reveal({ row, column }: Place, jump = false): void {
    const box = viewport.value;
    if (!box) return;
    const [top, bottom] = [row * rowHeight, (row + 1) * rowHeight];
    box.scrollTop = jump ? scrollToMiddle(top, bottom, box.clientHeight, headHeight.value) : scrollInto(box.scrollTop, top, bottom, box.clientHeight, headHeight.value);
    if (column >= shape.value.pinned) {
      const [from, to] = [lefts.value[column]! - pinnedWidth.value, lefts.value[column + 1]! - pinnedWidth.value];
      box.scrollLeft = scrollInto(box.scrollLeft, from, to, box.clientWidth, pinnedWidth.value);
    }
    measure();
  }

  // Where the editor lies: over the cell, also when its column is pinned.
  function boxOf({ row, column }: Place): { left: number; top: number; width: number } {
    const shift = column < shape.value.pinned ? scroll.value.left : 0;
    return { left: lefts.value[column]! + shift, top: headHeight.value + row * rowHeight, width: widths.value[column]! };
  }

  return { viewport, scroll, size, widths, lefts, heights, tops, headHeight, width, window: window_, rows, measure, reveal, boxOf };
}
