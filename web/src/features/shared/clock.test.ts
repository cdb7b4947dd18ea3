import { beforeEach, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { clockWords, plainTime, type EventClock } from './clock';

beforeEach(() => setLocale('zh'));
const clock = (side: string, unit: string, count: number, minute: number | null = null): EventClock => ({ side, unit, count, minute });

it('a clock is said as the notice says it', () => {
  const said: [EventClock, string][] = [
    [clock('after', 'minutes', 60), '接报后1小时内'], [clock('after', 'minutes', 30), '接报后30分钟内'], [clock('after', 'minutes', 90), '接报后90分钟内'],
    [clock('after', 'days', 0), '接报当日内'], [clock('after', 'days', 1), '接报次日内'], [clock('after', 'days', 3), '接报后3日内'],
    [clock('after', 'workdays', 3), '接报后3个工作日内'], [clock('after', 'months', 1), '接报后1个月内'], [clock('after', 'workdays', 3, 17 * 60), '接报后3个工作日内，当天17:00前'],
    [clock('before', 'workdays', 20), '接报前20个工作日'], [clock('before', 'days', 1), '接报前1日'], [clock('before', 'minutes', 1440), '接报前24小时'],
  ];
  for (const [one, words] of said) expect(clockWords('接报', one)).toBe(words);
  expect(clockWords('', clock('after', 'minutes', 60))).toBe('事项发生后1小时内');
  setLocale('en');
  expect(clockWords('', clock('after', 'minutes', 60))).toBe('within 1 h of the event');
});

it('a time of day is read as people type it, and nothing is guessed', () => {
  expect(['9:20', '0920', '09：20', '9点20分', '9时', '9点5分', ' 23:59 '].map(plainTime)).toEqual(['09:20', '09:20', '09:20', '09:20', '09:00', '09:05', '23:59']);
  expect(['', '9', '24:00', '9:60', '九点', '25点', '920分'].map(plainTime)).toEqual(['', '', '', '', '', '', '']);
});
