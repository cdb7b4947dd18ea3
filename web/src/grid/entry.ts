// From what a person types or pastes to what a cell holds. What cannot be read stays as typed and is marked; nothing is guessed.
import { parseUnits, formatUnits } from './decimal';
import { nil, undefinedFigure } from './evaluate';
import type { Column } from './model';

export type Fault =
  | { key: 'grid.invalidNumber' | 'grid.numberTooLarge' | 'grid.invalidDate'; value: string }
  | { key: 'grid.tooManyDecimals'; value: string; decimals: number }
  | { key: 'grid.invalidChoice'; value: string; choices: string }
  | { key: 'grid.textTooLong'; limit: number };

// Full-width digits and signs of Chinese input methods, narrow and no-break spaces of spreadsheets.
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)).replace(/[\u00a0\u2007\u202f\u3000]/g, ' ')
    .replace(/[\u2212\u2013]/g, '-');

// 1,234,567 and 1，234，567; not 12,34, which could mean two things.
const separated = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

const nilWords = new Set(['无', nil]);

// The plain decimal that was meant, or null.
export function plainNumber(typed: string): string | null {
  const text = narrow(typed).replace(/\s+/g, '');
  const plain = separated.test(text) ? text.replace(/,/g, '') : text;
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return null;
  const [whole = '', fraction = ''] = plain.replace(/^\+/, '').split('.');
  const digits = whole === '' || whole === '-' ? `${whole}0` : whole;
  return fraction.replace(/0+$/, '') === '' ? digits : `${digits}.${fraction.replace(/0+$/, '')}`;
}

function enterNumber(typed: string, decimals: number): string {
  if (nilWords.has(typed.trim())) return nil;
  const plain = plainNumber(typed);
  const units = plain === null ? null : parseUnits(plain, decimals);
  return units === null ? typed.trim() : formatUnits(units, decimals);
}

const datePatterns = [
  /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

// 2023.3.5, 2023-03-05, 2023/3/5, 2023年3月5日, 20230305; without a year the given one.
export function plainDate(typed: string, yearMeant?: number): string | null {
  const text = narrow(typed).trim();
  for (const pattern of datePatterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    const year = found[1] === undefined ? yearMeant : Number(found[1]);
    const [month, day] = [Number(found[2]), Number(found[3])];
    if (year === undefined || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
    return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  }
  return null;
}

function enterChoice(typed: string, column: Column): string {
  const text = typed.trim();
  return column.choices?.find((choice) => choice.label === text || choice.value === text)?.value ?? text;
}

// Control characters do not come in by paste; tabs and line ends of a text stay.
const clean = (typed: string): string => typed.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');

// What the cell holds afterwards: the canonical form, or the text as typed when it cannot be read ("" is blank).
export function enter(typed: string, column: Column, yearMeant?: number): string {
  const text = clean(typed);
  if (text.trim() === '') return '';
  switch (column.type) {
    case 'number': return enterNumber(text, column.decimals);
    case 'date': return plainDate(text, yearMeant) ?? text.trim();
    case 'choice': return enterChoice(text, column);
    case 'text': return text.replace(/\s+$/, '');
  }
}

function numberFault(value: string, decimals: number): Fault | null {
  if (value === nil || parseUnits(value, decimals) !== null) return null;
  const plain = plainNumber(value);
  if (plain === null) return { key: 'grid.invalidNumber', value };
  const written = plain.split('.')[1]?.length ?? 0;
  return written > decimals ? { key: 'grid.tooManyDecimals', value, decimals } : { key: 'grid.numberTooLarge', value };
}

// Why a held value cannot stand; null when it can. Blank is never a fault here: whether a cell is required is a check of the form.
export function faultOf(value: string, column: Column): Fault | null {
  if (value === '' || (value === undefinedFigure && column.locked)) return null;
  switch (column.type) {
    case 'number': return numberFault(value, column.decimals);
    case 'date': return plainDate(value) === value ? null : { key: 'grid.invalidDate', value };
    case 'choice':
      if (!column.choices || column.choices.some((choice) => choice.value === value)) return null;
      return { key: 'grid.invalidChoice', value, choices: column.choices.map((choice) => choice.label).join('、') };
    case 'text':
      return column.limit !== undefined && Array.from(value).length > column.limit ? { key: 'grid.textTooLong', limit: column.limit } : null;
  }
}
