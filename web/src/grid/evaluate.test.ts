import { describe, expect, it } from 'vitest';
import cases from '../../../tests/fixtures/formulas.json';
import { withSeparators } from './decimal';
import { evaluate, evaluateAll, evaluateCheck, type Ast, type Check } from './evaluate';

interface Case { name: string; scale: number; ast: Ast; cells: Record<string, string | null>; prev?: Record<string, string>; result: string | null }

const cell = (id: string): Ast => ({ op: 'cell', args: [id] });
const reading = (cells: Record<string, string | null>, scale = 0) => ({ scale, cell: (id: string) => cells[id], prev: () => undefined });

// anchor-failures 19, 22
describe('formulas, by the cases the server shares', () => {
  for (const one of cases as unknown as Case[])
    it(one.name, () => {
      const cells = { scale: one.scale, cell: (id: string) => one.cells[id], prev: (id: string) => one.prev?.[id] };
      expect(evaluate(one.ast, cells)).toBe(one.result);
    });
});

describe('all formulas of a table', () => {
  it('a total stands on subtotals that are formulas themselves', () => {
    const formulas = {
      total: { ast: { op: 'sum', args: [cell('sub1'), cell('sub2')] } as Ast, scale: 0 },
      sub1: { ast: { op: 'sum', args: [cell('a'), cell('b')] } as Ast, scale: 0 },
      sub2: { ast: { op: 'sum', args: [cell('c')] } as Ast, scale: 0 },
    };
    const typed: Record<string, string> = { a: '1', b: '2', c: '4' };
    expect(Object.fromEntries(evaluateAll(formulas, (id) => typed[id], () => undefined))).toEqual({ total: '7', sub1: '3', sub2: '4' });
  });

  it('a ring of formulas ends and stays blank', () => {
    const formulas = { a: { ast: { op: '+', args: [cell('b'), cell('b')] } as Ast, scale: 0 }, b: { ast: cell('a'), scale: 0 } };
    expect(evaluateAll(formulas, () => '1', () => undefined).get('a')).toBeNull();
  });
});

describe('checks', () => {
  const fixedWithinFound: Check = { left: cell('fixed'), relation: '<=', right: cell('found') };

  it('says nothing while one side is blank', () => {
    expect(evaluateCheck(fixedWithinFound, reading({ fixed: '6', found: null }))).toBe('open');
  });

  it('more fixed than found is broken, as many is fine', () => {
    expect(evaluateCheck(fixedWithinFound, reading({ fixed: '6', found: '4' }))).toBe('broken');
    expect(evaluateCheck(fixedWithinFound, reading({ fixed: '4', found: '4' }))).toBe('holds');
  });

  it.each([['=', false], ['!=', true], ['<', true], ['>', false], ['<=', true], ['>=', false]] as const)('knows the relation %s', (relation, holds) => {
    const check: Check = { left: cell('a'), relation, right: cell('b') };
    expect(evaluateCheck(check, reading({ a: '9', b: '10' }))).toBe(holds ? 'holds' : 'broken');
  });
});

it('separators are for reading', () => {
  expect(['1234567.50', '-1234', '999', '1000'].map(withSeparators)).toEqual(['1,234,567.50', '-1,234', '999', '1,000']);
});
