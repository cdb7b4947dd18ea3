import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { dueDay, remaining, rhythmOf, slotTitle, urgencyOf, windowText } from './due';

const now = Date.parse('2023-05-25T09:42:00+08:00');
beforeEach(() => setLocale('zh'));

describe('what remains', () => {
  it('is said in the two biggest units', () => {
    expect(remaining('2023-05-25T17:00:00.000+08:00', now)).toBe('剩 7时18分');
    expect(remaining('2023-05-26T23:59:59.999+08:00', now)).toBe('剩 1天14时');
    expect(remaining('2023-06-01T17:00:00+08:00', now)).toBe('剩 7天');
    expect(remaining('2023-05-25T09:42:20+08:00', now)).toBe('剩 1分');
  });

  it('turns into how long it is overdue', () => {
    expect(remaining('2023-05-23T17:00:00+08:00', now)).toBe('逾期 1天16时');
  });

  it('is today by the day in Beijing, wherever the browser is', () => {
    expect(urgencyOf('2023-05-25T23:59:59.999+08:00', now)).toBe('today');
    expect(urgencyOf('2023-05-26T00:00:00+08:00', now)).toBe('later');
    expect(urgencyOf('2023-05-25T09:41:59+08:00', now)).toBe('overdue');
  });
});

describe('days and windows', () => {
  it('name an hour only where the notice gives one', () => {
    expect(dueDay('2023-05-25T17:00:00.000+08:00', true)).toBe('5月25日 周四 17:00');
    expect(dueDay('2023-05-25T23:59:59.999+08:00', false)).toBe('5月25日 周四');
  });

  it('leave out what is the same on both ends', () => {
    expect(windowText('2023-05-19', '2023-05-25')).toBe('5月19日—25日');
    expect(windowText('2023-01-01', '2023-02-28')).toBe('1月1日—2月28日');
    expect(windowText('2023-12-29', '2024-01-04')).toBe('2023年12月29日—2024年1月4日');
  });

  it('say the year once in English, and a month as dates are written there', () => {
    setLocale('en');
    expect([windowText('2023-05-19', '2023-05-25'), windowText('2023-12-29', '2024-01-04'), slotTitle('2023-03')]).toEqual(['2023-05-19 – 05-25', '2023-12-29 – 2024-01-04', '2023-03']);
  });

  it('are called as people call them', () => {
    expect([rhythmOf('2023-W11'), rhythmOf('2023-03'), rhythmOf('2023-01-01..2023-02-28'), rhythmOf('once'), rhythmOf('event:1')]).toEqual(['week', 'month', 'span', 'once', 'event']);
    expect([slotTitle('2023-W11'), slotTitle('2023-03'), slotTitle('once')]).toEqual(['第11周', '2023年3月', '']);
    expect([slotTitle('2023-Q2'), slotTitle('2023-H1'), slotTitle('2023-H2'), slotTitle('2023')]).toEqual(['2023年第2季度', '2023年上半年', '2023年下半年', '2023年']);
    expect([slotTitle('2023-06-05'), slotTitle('2023-06-05T08:00')]).toEqual(['', '6月5日 周一 08:00']);
  });
});
