// Formula cells on the page, by the rules of tests/fixtures/formulas.md; the server evaluates the same fixtures and decides.
import { divideUnits, fits, formatUnits, fromTenths, multiplyUnits, parseUnits, rateInTenths } from './decimal';

export type Ast =
  | { op: 'cell' | 'prev' | 'num'; args: [string] }
  | { op: '+' | '-' | '*' | '/' | 'sum' | 'rate'; args: Ast[] };

// A cell in which the filer says "nothing to report": counts as zero, and is not the same as zero.
export const nil = 'nil';
// What a division by zero prints.
export const undefinedFigure = '—';

export interface Cells {
  scale: number;                                // decimals that every operand and result has
  cell(id: string): string | null | undefined;  // this window; blank is null, undefined or ''
  prev(id: string): string | null | undefined;  // the window before
}

type Value = bigint | null | typeof undefinedFigure;
type Known = bigint;

function read(text: string | null | undefined, scale: number): Value {
  if (text === undefined || text === null || text === '') return null;
  if (text === nil) return 0n;
  return text === undefinedFigure ? undefinedFigure : parseUnits(text, scale);
}

const bounded = (units: bigint): Value => (fits(units) ? units : null);

// Blank and "—" spread: a figure made with an unknown one is unknown. "—" wins, it says more.
function known(values: Value[], then: (figures: Known[]) => Value): Value {
  if (values.includes(undefinedFigure)) return undefinedFigure;
  if (values.includes(null)) return null;
  return then(values as Known[]);
}

// Only the sum passes over blanks; of blanks alone it is blank, so that "not filled" never reads as zero.
function sum(values: Value[]): Value {
  if (values.includes(undefinedFigure)) return undefinedFigure;
  const filled = values.filter((value): value is Known => value !== null);
  return filled.length === 0 ? null : fold(filled, (a, b) => a + b);
}

function fold(figures: Known[], combine: (a: Known, b: Known) => Known): Value {
  let result: Value = figures[0] ?? null;
  for (const figure of figures.slice(1)) result = result === null ? null : bounded(combine(result as Known, figure));
  return result;
}

function tenthsOf(values: Value[]): Value {
  return known(values, ([part = 0n, whole = 0n]) => (whole === 0n ? undefinedFigure : bounded(rateInTenths(part, whole))));
}

function evaluateOperation(op: string, values: Value[], scale: number): Value {
  switch (op) {
    case 'sum': return sum(values);
    case '+': return known(values, (figures) => fold(figures, (a, b) => a + b));
    case '-': return known(values, (figures) => fold(figures, (a, b) => a - b));
    case '*': return known(values, (figures) => fold(figures, (a, b) => multiplyUnits(a, b, scale)));
    case '/': return known(values, ([a = 0n, b = 0n]) => (b === 0n ? undefinedFigure : bounded(divideUnits(a, b, scale))));
    case 'rate': {
      const tenths = tenthsOf(values);
      return typeof tenths === 'bigint' ? bounded(fromTenths(tenths, scale)) : tenths;
    }
    default: throw new Error(`unknown operation ${op}`);
  }
}

function valueOf(ast: Ast, cells: Cells): Value {
  switch (ast.op) {
    case 'cell': return read(cells.cell(ast.args[0]), cells.scale);
    case 'prev': return read(cells.prev(ast.args[0]), cells.scale);
    case 'num': return read(ast.args[0], cells.scale);
    default: return evaluateOperation(ast.op, ast.args.map((one) => valueOf(one, cells)), cells.scale);
  }
}

const print = (value: Value, decimals: number): string | null => (typeof value === 'bigint' ? formatUnits(value, decimals) : value);

// The figure as it is shown and stored: blank is null; a rate has one decimal, everything else `scale` of them.
export function evaluate(ast: Ast, cells: Cells): string | null {
  if (ast.op === 'rate') return print(tenthsOf(ast.args.map((one) => valueOf(one, cells))), 1);
  return print(valueOf(ast, cells), cells.scale);
}

export type Relation = '=' | '<=' | '>=' | '<' | '>' | '!=';
export interface Check { left: Ast; relation: Relation; right: Ast }

function compare(relation: Relation, left: bigint, right: bigint): boolean {
  switch (relation) {
    case '=': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '>': return left > right;
    case '<=': return left <= right;
    case '>=': return left >= right;
  }
}

// "open": one side is blank or "—", so nothing can be said yet.
export function evaluateCheck(check: Check, cells: Cells): 'holds' | 'broken' | 'open' {
  const left = valueOf(check.left, cells);
  const right = valueOf(check.right, cells);
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return 'open';
  return compare(check.relation, left, right) ? 'holds' : 'broken';
}

export interface Formula { ast: Ast; scale: number }
export type Formulas = Readonly<Record<string, Formula>>;
export type Read = (id: string) => string | null | undefined;

// Every formula cell, those that stand on other formula cells included. A ring of formulas stays blank.
export function evaluateAll(formulas: Formulas, typed: Read, prev: Read): Map<string, string | null> {
  const results = new Map<string, string | null>();
  const open = new Set<string>();
  function cell(id: string): string | null | undefined {
    const formula = formulas[id];
    if (!formula) return typed(id);
    if (results.has(id)) return results.get(id);
    if (open.has(id)) return null;
    open.add(id);
    const result = evaluate(formula.ast, { scale: formula.scale, cell, prev });
    results.set(id, result);
    return result;
  }
  for (const id of Object.keys(formulas)) cell(id);
  return results;
}
