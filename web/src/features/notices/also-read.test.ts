import { describe, expect, it } from 'vitest';
import { groupsOf, spanOf } from './also-read';
import type { AlsoRead } from './types';

const nothing: AlsoRead = { papers: [], replaces: [], phases: [], workLines: [], leadingGroup: [], sectors: [], ledgerColumns: [], evaluation: [], keyDates: [] };
const place = { quote: '', from: 3, to: 9 };
const paper = { title: '甲', docNumber: '', issuer: '', issueDate: null, from: 0, to: 9 };

describe('what was read beside duties', () => {
  it('a span shows both its ends, one day once, and an open end stays open', () => {
    expect(spanOf('2023-03-01', '2023-03-15')).toBe('2023-03-01 – 2023-03-15');
    expect(spanOf('2023-03-01', '2023-03-01')).toBe('2023-03-01');
    expect(spanOf(null, '2023-03-15')).toBe('– 2023-03-15');
    expect(spanOf('2023-03-01', undefined)).toBe('2023-03-01 –');
    expect(spanOf(null, null)).toBe('');
  });

  it('kinds that the notice does not hold are not shown, and each row knows its place', () => {
    expect(groupsOf(nothing)).toEqual([]);
    const [group] = groupsOf({ ...nothing, phases: [{ ...place, title: '动员', startDate: '2023-03-01', endDate: null, repairs: ['31日'] }] });
    expect(group).toEqual({ kind: 'phases', rows: [{ label: '2023-03-01 –', words: '动员', more: ['31日'], from: 3, to: 9 }] });
  });

  it('a sector names who leads and who supports, and says nothing of whom it does not name', () => {
    const [group] = groupsOf({ ...nothing, sectors: [{ ...place, sector: '燃气', leads: ['住建局'], responsible: [], supports: ['商务局', '公安局'], tasks: ['查管网'] }] });
    expect(group!.rows[0]!.more).toEqual(['牵头 住建局', '配合 商务局、公安局', '查管网']);
  });

  it('points stand with what they do, and a paper without a title shows what of it ends', () => {
    const groups = groupsOf({ ...nothing, evaluation: [{ ...place, effect: 'deduct', points: '0.5', what: '迟报一次', section: '', repairs: [] }], replaces: [{ ...place, title: '', docNumber: '', issueDate: null, scope: '以往规定' }] });
    expect(groups.map((group) => [group.kind, group.rows[0]!.label, group.rows[0]!.words])).toEqual([['replaces', '', '以往规定'], ['evaluation', '扣分 0.5', '迟报一次']]);
  });

  it('the only paper is the notice itself; several are named', () => {
    expect(groupsOf({ ...nothing, papers: [paper] })).toEqual([]);
    expect(groupsOf({ ...nothing, papers: [paper, { ...paper, title: '乙', from: 9 }] })[0]!.rows.map((one) => one.words)).toEqual(['甲', '乙']);
  });
});
