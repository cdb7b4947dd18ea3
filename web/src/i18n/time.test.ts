import { expect, it } from 'vitest';
import { setLocale } from '.';
import { day, dayAndMinute } from './time';

it('an instant is written in Beijing time wherever the browser is', () => {
  setLocale('zh');
  expect(dayAndMinute('2023-05-25T09:00:00.000+08:00')).toBe('2023年5月25日 09:00');
  expect(dayAndMinute('2023-03-16T00:05+08:00')).toBe('2023年3月16日 00:05');
  expect(day('2023-03-16T23:59:59.999+08:00')).toBe('2023年3月16日');
  setLocale('en');
  expect(dayAndMinute('2023-05-25T09:00:00.000+08:00')).toBe('2023-05-25 09:00');
  setLocale('zh');
});

it('a day without an hour gets none', () => expect(dayAndMinute('2023-03-13')).toBe('2023年3月13日'));
