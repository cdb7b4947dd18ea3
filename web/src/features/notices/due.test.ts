import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { dueWords, dutyDueWords, isSpelt, joined, partsOf, shapeOf, shapeWords, shaped, shapes } from './due';
import type { Recurrence } from './types';

beforeEach(() => setLocale('zh'));

const spelt: [Recurrence, string, string][] = [
  ['once', '2023-03-13', '3月13日'], ['once', '2023-03-13T17:00', '3月13日 17:00'], ['once', '2024-01-05', '2024年1月5日'],
  ['weekly', 'THU 17:00', '每周四 17:00'], ['weekly', 'FRI', '每周五'], ['weekly', 'MON,THU 09:00', '每周一、周四 09:00'],
  ['monthly', 'D25', '每月25日'], ['monthly', 'D25 17:00', '每月25日 17:00'], ['monthly', 'D5,D15,D25', '每月5日、15日、25日'], ['monthly', 'LAST', '每月最后一天'],
  ['quarterly', 'Q-END', '每季度最后一天'], ['quarterly', 'D10 after quarter', '季度结束后首月10日'], ['quarterly', 'QM3-D20 12:00', '每季度第3个月20日 12:00'],
  ['halfyearly', 'H-END', '每半年最后一天'], ['halfyearly', 'D5 after half', '半年结束后首月5日'],
  ['yearly', '12-20', '每年12月20日'], ['daily', '18:00', '每天18:00'], ['daily', '08:00,17:00', '每天08:00、17:00'],
  ['immediate', 'PT1H', '事发后1小时内'], ['immediate', 'PT30M', '事发后30分钟内'], ['immediate', 'P3WD', '3个工作日内'], ['immediate', '-P20WD', '事前20个工作日'],
  ['immediate', 'P1D', '当日内'], ['immediate', 'P2D', '2日内'], ['immediate', 'P2W', '2周内'], ['immediate', 'P1M', '1个月内'], ['immediate', '-P1W', '事前1周'],
  ['yearly', '06-20,12-20 24:00', '每年6月20日、12月20日 24:00'],
];

describe('a deadline', () => {
  it('is said in words, every spelling of it', () => {
    for (const [recurrence, due, words] of spelt) expect([due, isSpelt(recurrence, due), dueWords(recurrence, due, '2023')]).toEqual([due, true, words]);
  });

  it('is taken apart and put together without a loss', () => {
    for (const [recurrence, due] of spelt) expect(joined(recurrence, partsOf(recurrence, due))).toBe(due);
  });

  it('that the notice does not state is said to be missing, and one of another spelling is shown as it is', () => {
    expect(dueWords('weekly', null)).toBe('每周，未写明时限');
    expect(dueWords('monthly', 'THU')).toBe('THU');
  });

  it('that is no spelling of its rhythm is known as such', () => {
    const wrong: [Recurrence, string][] = [['once', '3月13日'], ['weekly', 'D25'], ['monthly', 'D32'], ['monthly', 'D25 5点'], ['daily', '8:00'], ['immediate', 'PT'], ['immediate', 'PT0H'], ['once', '2023-13-01'], ['daily', '25:00'], ['yearly', '2023-12-20']];
    expect(wrong.filter(([recurrence, due]) => isSpelt(recurrence, due))).toEqual([]);
  });

  it('with a number in a phrase is offered as that phrase, in words with a gap', () => {
    for (const [recurrence, due] of spelt.filter(([one, written]) => shapes[one] && written !== '-P1W')) {
      const { shape, count } = shapeOf(partsOf(recurrence, due).day);
      expect([due, shapes[recurrence]!.includes(shape), shaped(shape, count)]).toEqual([due, true, partsOf(recurrence, due).day]);
    }
    expect([shapeWords('quarterly', 'QM3-D#'), shapeWords('quarterly', 'Q-END'), shapeWords('immediate', 'P#WD')]).toEqual(['每季度第3个月…日', '每季度最后一天', '…个工作日内']);
    expect([shaped('PT#H', ''), shaped('PT#H', 'x'), shaped('D# after half', '05')]).toEqual(['PT1H', 'PT1H', 'D5 after half']);
  });

  it('without its day is none at all', () => expect(joined('weekly', { day: '', time: '17:00' })).toBeNull());

  it('has English words', () => {
    setLocale('en');
    expect([dueWords('weekly', 'THU 17:00'), dueWords('once', '2023-03-13', '2023')]).toEqual(['every Thu 17:00', '03-13']);
  });
});

it('the day after is told from the day itself by the sentence', () => {
  const said = (quote: string, due = 'P1D') => dutyDueWords({ recurrence: 'immediate', due, quote });
  expect([said('整改到位次日提交'), said('停产当日报告'), said('当日电话、次日书面报告'), said('次日起3日内报', 'P3D')]).toEqual(['次日内', '当日内', '当日内', '3日内']);
});
