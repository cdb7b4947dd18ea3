import { expect, it } from 'vitest';
import { found, nextDues, nextOf, owing, rhythmSlot, type DutyLine, type ReporterLine } from './model';

const occurrence = (slot: string, windowTo: string, at: string | null, first = false) => ({ slot, windowFrom: windowTo, windowTo, first, due: { at, hasHour: true }, byReceiver: {} });
const duty = (id: string, occurrences: ReturnType<typeof occurrence>[], more = {}) =>
  ({ duty: id, definition: { title: id, collectedFor: '', onEvent: false, group: 'bureaus', level: '', occurrences, ...more } }) as unknown as DutyLine;
const now = '2023-05-25T09:00:00.000+08:00';

it('what is due next stands soonest first, without what is past or has no day', () => {
  const weekly = duty('weekly', [occurrence('2023-W20', '2023-05-18', '2023-05-18T17:00:00.000+08:00'), occurrence('2023-W21', '2023-05-25', '2023-05-25T17:00:00.000+08:00')]);
  const articles = duty('articles', [occurrence('2023-05', '2023-05-31', null)]);
  const county = duty('weekly_county', [occurrence('2023-W21', '2023-05-25', '2023-05-25T12:00:00.000+08:00')], { collectedFor: 'weekly' });
  expect(nextDues([weekly, articles, county], now, 5).map((one) => `${one.duty} ${one.slot}`)).toEqual(['weekly 2023-W21']);
  expect(nextOf(articles, now)?.slot).toBe('2023-05');
});

it('the irregular first window does not give a duty its rhythm', () => {
  expect(rhythmSlot(duty('monthly', [occurrence('2023-01-01..2023-02-28', '2023-02-28', null, true), occurrence('2023-03', '2023-03-31', null)]))).toBe('2023-03');
  expect(rhythmSlot(duty('cases', [], { onEvent: true }))).toBe('event:');
});

it('who owes a duty is its group, at its level, as long as it reports', () => {
  const reporter = (name: string, groups: string[], level: string, to: string | null = null) => ({ name, shortName: name, groups, level, to }) as unknown as ReporterLine;
  const all = [reporter('甲市局', ['bureaus'], 'city'), reporter('乙县局', ['county_bureaus'], 'county'), reporter('丙市局', ['bureaus'], 'city', '2023-04-01')];
  expect(owing(all, duty('x', []), '2023-05-25').map((one) => one.name)).toEqual(['甲市局']);
  expect(found(all, ' 乙 ').map((one) => one.name)).toEqual(['乙县局']);
});
