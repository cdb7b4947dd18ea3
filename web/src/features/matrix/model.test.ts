import { describe, expect, it } from 'vitest';
import type { DutyLine, ReporterLine } from '@/features/campaigns/model';
import { begun, boxes, dutyChoices, grouped, headingOf, markOf, namesOf, percent, step, type Cell, type Row, type Window } from './model';

const cell = (reading: Cell['reading'], more: Partial<Cell> = {}): Cell => ({
  slot: '2023-W20', routeId: 'r', filingId: 'f', reading, state: 'accepted', nil: false, partial: false, restated: false,
  timeliness: { firstReceipt: 'on_time', firstWasEmpty: false, counted: 'on_time', acceptedVersion: 'on_time' }, dueAt: null, firstReceivedAt: null, ...more,
});

describe('the mark of a cell', () => {
  it('an overdue unit is missing, one whose time has not come is expected', () => {
    expect(markOf(cell('overdue', { state: 'draft' }))).toBe('missing');
    expect(markOf(cell('expected', { state: 'draft' }))).toBe('expected');
  });
  it('late stands out also when accepted, nil and partial after it', () => {
    const late = cell('accepted').timeliness;
    expect(markOf(cell('accepted', { nil: true, timeliness: { ...late, counted: 'late' } }))).toBe('late');
    expect(markOf(cell('accepted', { nil: true }))).toBe('nil');
    expect(markOf(cell('accepted', { partial: true }))).toBe('partial');
  });
});

it('windows are headed by month and number, whatever their rhythm', () => {
  expect(headingOf('2023-W20', '2023-05-18')).toEqual({ above: '2023-05', below: '20' });
  expect(headingOf('2023-03', '2023-03-31')).toEqual({ above: '2023', below: 'm3' });
  expect(headingOf('2023-01-01..2023-02-28', '2023-02-28')).toEqual({ above: '2023', below: 'm1–2' });
  expect(headingOf('2023-Q1', '2023-03-31')).toEqual({ above: '2023', below: 'q1' });
  expect(headingOf('2023-H2', '2023-12-31')).toEqual({ above: '2023', below: 'h2' });
  expect(headingOf('2023', '2023-12-31')).toEqual({ above: '2023', below: 'year' });
  expect(headingOf('2023-06-05T08:00', '2023-06-05')).toEqual({ above: '2023-06-05', below: '08:00' });
  expect(boxes(['a', 'a', 'b', 'a'])).toEqual([{ text: 'a', span: 2 }, { text: 'b', span: 1 }, { text: 'a', span: 1 }]);
});

it('windows that have not begun are left out unless something came already', () => {
  const window = (windowFrom: string, submitted = 0) => ({ windowFrom, accepted: 0, submitted, returned: 0 }) as Window;
  expect(begun([window('2023-05-19'), window('2023-05-26'), window('2023-06-02', 1)], '2023-05-25').map((one) => one.windowFrom)).toEqual(['2023-05-19', '2023-06-02']);
});

it('units stand by level in official order', () => {
  const row = (name: string, level: string) => ({ name, level }) as Row;
  expect(grouped([row('a', 'city'), row('b', 'county'), row('c', 'city')]).map((group) => [group.level, group.rows.map((one) => one.name)])).toEqual([['city', ['a', 'c']], ['county', ['b']]]);
});

it('arrows stay inside, Ctrl+End goes to the last', () => {
  expect(step('ArrowUp', false, { row: 0, column: 3 }, 31, 12)).toEqual({ row: 0, column: 3 });
  expect(step('End', true, { row: 0, column: 3 }, 31, 12)).toEqual({ row: 30, column: 11 });
  expect(step('x', false, { row: 0, column: 0 }, 1, 1)).toBeNull();
});

// anchor-failures 22
it('nothing of nothing is a dash, never a hundred per cent', () => {
  expect([percent('—'), percent('100.0'), percent('96.8')]).toEqual(['—', '100%', '96.8%']);
});

it('names are copied one a line, as they stand', () => expect(namesOf([{ name: '<b>甲</b>' }, { name: '乙' }])).toBe('<b>甲</b>\n乙'));

describe('the duties of a campaign that a unit can look at', () => {
  const duty = (id: string, level: string, collectedFor: string) => ({ duty: id, definition: { title: '周报', group: level === 'county' ? 'counties' : 'cities', level, collectedFor, onEvent: false, occurrences: [{}] } }) as unknown as DutyLine;
  const reporter = (id: string, group: string, level: string, receiver: string) => ({ organizationId: id, receiverId: receiver, receiverName: `${receiver}局`, groups: [group], level, to: null }) as unknown as ReporterLine;
  const whole = {
    duties: [duty('weekly', '', ''), duty('weekly_county', 'county', 'weekly'), { ...duty('named', '', ''), definition: { ...duty('named', '', '').definition, occurrences: [] } }],
    reporters: [reporter('city1', 'cities', 'city', 'office'), reporter('city2', 'cities', 'city', 'office'), reporter('county1', 'counties', 'county', 'city1'), reporter('county2', 'counties', 'county', 'city1')],
  };
  const seen = (unit: string) => dutyChoices(whole, unit, '2023-05-25').map((one) => [one.duty, ...one.receivers.map(({ id }) => id)].join(' '));

  it('are those that it owes or receives, so that nobody is refused on arrival', () => {
    expect(seen('county1')).toEqual(['weekly_county']);
    expect(seen('city1')).toEqual(['weekly', 'weekly_county']);
    expect(seen('city2')).toEqual(['weekly']);
  });
  it('an office looks at the level below too, one receiver at a time', () => {
    expect(seen('office')).toEqual(['weekly', 'weekly_county city1']);
  });
});
