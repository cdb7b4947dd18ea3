import { beforeEach, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { movesWords } from './changes';

beforeEach(() => setLocale('zh'));
const words = (moves: { slot: string; before: string | null; after: string | null }[], moved = moves.length) => movesWords({ moves, moved });
const month = (slot: string, before: string, after: string) => ({ slot, before: `${slot}-${before}`, after: `${slot}-${after}` });

it('a monthly duty that moved from one day to another is one rule', () => {
  expect(words([month('2023-04', '28', '25'), month('2023-05', '28', '25'), month('2023-06', '28', '25')])).toEqual(['每月28日 → 每月25日']);
});

it('a rule seen in the first windows says how many there are', () => {
  expect(words([month('2023-04', '28', '25'), month('2023-05', '28', '25')], 20)).toEqual(['每月28日 → 每月25日', '共 20 个报送期']);
});

it('the last day of months of several lengths is a rule too', () => {
  expect(words([month('2023-04', '30', '25'), month('2023-05', '31', '25')])).toEqual(['每月最后一天 → 每月25日']);
});

it('a weekly duty is told by its weekday and hour', () => {
  expect(words([{ slot: '2023-W11', before: '2023-03-16T17:00+08:00', after: '2023-03-17T12:00+08:00' }, { slot: '2023-W12', before: '2023-03-23T17:00+08:00', after: '2023-03-24T12:00+08:00' }]))
    .toEqual(['每周四 17:00 → 每周五 12:00']);
});

it('without a rule the first few are named and the others counted', () => {
  expect(words([month('2023-04', '28', '25'), month('2023-05', '26', '25'), month('2023-06', '28', '25'), month('2023-07', '28', '25')], 9))
    .toEqual(['4月：4月28日 → 4月25日', '5月：5月26日 → 5月25日', '6月：6月28日 → 6月25日', '还有 6 个报送期']);
});

it('a clock that an event starts is told as the notice tells it', () => {
  expect(words([{ slot: 'event:', before: 'PT2H', after: 'PT1H' }])).toEqual(['事发后2小时内 → 事发后1小时内']);
  expect(words([{ slot: 'event:', before: null, after: '-P20WD' }])).toEqual(['及时 → 事前20个工作日']);
  expect(words([{ slot: 'event:', before: 'P3WD 17:00', after: 'next_day' }])).toEqual(['3个工作日内 17:00 → 次日内']);
});

it('one window alone is named, and a due that was not there is said so', () => {
  expect(words([month('2023-04', '28', '25')])).toEqual(['4月：4月28日 → 4月25日']);
  expect(words([{ slot: 'once', before: null, after: '2023-03-13T17:00+08:00' }])).toEqual(['未定时限 → 3月13日 17:00']);
  expect(words([])).toEqual([]);
});
