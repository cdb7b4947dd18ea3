// Sentences of the grid in the page's language.
import { t } from '@/i18n';
import { withSeparators } from './decimal';
import type { PasteReport } from './deeds';
import type { Fault } from './entry';
import { nil, undefinedFigure } from './evaluate';
import type { Column, Source } from './model';
import type { Problem } from './problems';
import type { Place } from './selection';
import type { Sheet } from './sheet';

export function sayFault(fault: Fault): string {
  switch (fault.key) {
    case 'grid.tooManyDecimals': return t(fault.key, { value: fault.value, decimals: fault.decimals });
    case 'grid.invalidChoice': return t(fault.key, { value: fault.value, choices: fault.choices });
    case 'grid.textTooLong': return t(fault.key, { limit: fault.limit });
    default: return t(fault.key, { value: fault.value });
  }
}

export const sayProblem = (problem: Problem): string => (problem.fault ? sayFault(problem.fault) : problem.text ?? '');

export const saySource = (source: Source): string => {
  switch (source) {
    case 'formula': return t('grid.source.formula');
    case 'last_window': return t('grid.source.lastWindow');
    case 'sum_of_lower': return t('grid.source.sumOfLower');
    case 'ledger': return t('grid.source.ledger');
  }
};

export function sayPaste(report: PasteReport): string {
  const parts = [t('grid.pasted', { count: report.pasted })];
  if (report.grown > 0) parts.push(t('grid.grown', { count: report.grown }));
  if (report.locked > 0) parts.push(t('grid.lockedSkipped', { count: report.locked }));
  if (report.cutOff > 0) parts.push(t('grid.cutOff', { count: report.cutOff }));
  return parts.join(t('word.semicolon'));
}

// The row as people call it: its title, or its number in a ledger.
export function sayRow(sheet: Sheet, row: number): string {
  return sheet.rows[row]?.title || t('grid.rowAt', { number: row + 1 });
}

// The column with the heads above it: 隐患／重大／数量.
export function sayColumn(sheet: Sheet, column: number): string {
  const above = sheet.head.flat().filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan);
  return above.map((cell) => cell.title).join('／');
}

export const sayPlace = (sheet: Sheet, place: Place): string =>
  t('grid.cellAt', { row: sayRow(sheet, place.row), column: sayColumn(sheet, place.column) });

// What stands in the cell on screen: separators for figures, the word for nil, the label of a choice.
export function show(value: string, column: Column): string {
  if (column.type === 'choice') return column.choices?.find((choice) => choice.value === value)?.label ?? value;
  if (column.type !== 'number' || value === '' || value === undefinedFigure) return value;
  if (value === nil) return t('grid.nil');
  return /^-?\d+(\.\d+)?$/.test(value) ? withSeparators(value) : value;
}

// What the editor begins with: as `show`, without separators.
export const editable = (value: string, column: Column): string => (column.type === 'number' && value !== nil ? value : show(value, column));
