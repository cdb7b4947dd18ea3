import { beforeEach, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { offered, perWords, pers, windowRules, windowWords } from './windows';

beforeEach(() => setLocale('zh'));

it('every word the reader has for a window is said in Chinese', () => {
  expect(windowRules.map((rule) => windowWords(rule))).toEqual(['本周', '上周', '本月', '上月', '本季度', '上季度', '本半年', '本年', '周五—周四']);
  expect([windowWords('2023-01-01..2023-02-28', '2023'), windowWords('since 2024-01-01', '2023'), windowWords('other')]).toEqual(['1月1日—2月28日', '自2024年1月1日起', 'other']);
  expect(pers.map(perWords)).toEqual(['每天', '每周', '每月', '每季度', '每年']);
});

it('a choice never hides what stands there already', () => expect([offered(['a'], 'b'), offered(['a'], 'a'), offered(['a'], null)]).toEqual([['a', 'b'], ['a'], ['a']]));
