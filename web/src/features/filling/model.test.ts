import { describe, expect, it } from 'vitest';
import { whatWithdrawalCosts, type RouteLine } from './model';

const route = (dueAt: string | null, may: string[] = ['withdraw']) => ({ dueAt, may }) as unknown as RouteLine;
const due = '2023-03-16T17:00:00.000+08:00';
const at = (text: string) => Date.parse(text);

describe('what a withdrawal costs', () => {
  it('is not worth a warning days before the due, and without a due never', () => {
    expect(whatWithdrawalCosts([route(due)], at('2023-03-14T09:00:00+08:00')).key).toBe('fill.withdrawExplained');
    expect(whatWithdrawalCosts([route(null)], at('2023-03-20T09:00:00+08:00')).key).toBe('fill.withdrawExplained');
  });
  it('is said on the last day: the next hand-in decides on punctuality', () => {
    expect(whatWithdrawalCosts([route(due)], at('2023-03-16T16:59:00+08:00'))).toEqual({ key: 'fill.withdrawSoon', due });
  });
  it('is being late once the due has passed', () => {
    expect(whatWithdrawalCosts([route(due)], at('2023-03-16T17:00:01+08:00'))).toEqual({ key: 'fill.withdrawPast', due });
  });
  it('speaks of the routes that would be taken back, not of those already decided', () => {
    expect(whatWithdrawalCosts([route(due, []), route('2023-04-20T17:00:00.000+08:00')], at('2023-03-17T09:00:00+08:00')).key).toBe('fill.withdrawExplained');
  });
});
