import { describe, expect, it } from 'vitest';
import { editableOf, indexFor, merge, newDuty, noticeOf, renamed, split, surenessOf } from './duties';
import type { Duty, NoticeDraft } from './types';

const duty = (from: number, materials: string[], more: Partial<Duty> = {}): Duty => ({ ...newDuty({ quote: '报送', from, to: from + 2 }), materials, ...more });

describe('duties taken apart and put together', () => {
  it('a split gives one duty for each material, in its place, and each keeps the rest', () => {
    const list = [duty(0, ['甲']), duty(5, ['乙', '丙'], { due: 'D25', recurrence: 'monthly' }), duty(9, ['丁'])];
    const now = split(list, 1);
    expect(now.map((one) => one.materials)).toEqual([['甲'], ['乙'], ['丙'], ['丁']]);
    expect(now.slice(1, 3).map((one) => [one.from, one.due])).toEqual([[5, 'D25'], [5, 'D25']]);
    expect(split(list, 0)).toEqual(list);
  });

  it('what was put together has the materials of all, each once, and the rest of the first', () => {
    const now = merge([duty(0, ['甲'], { due: 'D5' }), duty(3, ['乙']), duty(6, ['丙', '甲'], { due: 'D9' })], [2, 0]);
    expect(now.map((one) => [one.from, one.due, one.materials])).toEqual([[0, 'D5', ['甲', '丙']], [3, null, ['乙']]]);
  });

  it('one alone is not put together with itself', () => {
    const list = [duty(0, ['甲']), duty(3, ['乙'])];
    expect(merge(list, [1, 1, 7])).toEqual(list);
  });

  it('a split undone by a merge is the same duty again', () => {
    const whole = duty(0, ['甲', '乙', '丙']);
    expect(merge(split([whole], 0), [0, 1, 2])).toEqual([whole]);
  });
});

it('a new duty stands where the text has it', () => expect([indexFor([duty(3, []), duty(8, [])], 5), indexFor([], 5), indexFor([duty(3, [])], 9)]).toEqual([1, 0, 1]));

it('three words say how sure a reading is', () => expect([1, 0.8, 0.79, 0.5, 0.2].map(surenessOf)).toEqual(['sure', 'sure', 'check', 'check', 'doubtful']));

it('a unit has one name at a time, and none when it is dropped', () => {
  expect(renamed([{ said: '甲局', name: '旧' }], '甲局', ' 甲市住建局 ')).toEqual([{ said: '甲局', name: '甲市住建局' }]);
  expect(renamed([{ said: '乙', name: 'b' }], '甲', '')).toEqual([{ said: '乙', name: 'b' }, { said: '甲', name: '' }]);
});

it('what the server leaves out is null on the page, and the day of issue is the one read until another is said', () => {
  const { due, quotaMin, ...sparse } = duty(0, ['甲']);
  const read = noticeOf({ id: 'n', version: 1, name: '', state: 'draft', text: '', title: '', docNumber: '', issuer: '', addressees: '', issueDate: '2023-03-10', duties: [sparse], officeWill: [], names: [], groups: [] } as unknown as NoticeDraft);
  expect([read.duties[0]!.due, read.duties[0]!.quotaMin, read.campaignId, read.periodTo]).toEqual([due, quotaMin, null, null]);
  expect(editableOf(read).issued).toBe('2023-03-10');
});
