import { describe, expect, it } from 'vitest';
import { choicesOf, differing, dutyBelow, figure, missingOf, usualWindow, windowsOf, type Contributor, type DutyLine, type Totals } from './model';

const occurrence = (slot: string, windowFrom: string, at: string | null, first = false) => ({ slot, windowFrom, windowTo: windowFrom, first, due: { at, hasHour: false }, byReceiver: {} });
const duty = (id: string, collectedFor: string, parts: [string, string][]): DutyLine => ({
  duty: id,
  definition: {
    collectedFor, firstParts: ['statistics'], parts: parts.map(([part, kind]) => ({ id: part, kind, title: part })),
    occurrences: [occurrence('a', '2023-01-01', '2023-03-13T23:59:59.999+08:00', true), occurrence('2023-04', '2023-04-01', '2023-04-25T23:59:59.999+08:00'), occurrence('2023-05', '2023-05-01', '2023-05-25T23:59:59.999+08:00'), occurrence('2023-06', '2023-06-01', null)],
  },
}) as unknown as DutyLine;
const monthly = duty('monthly', '', [['progress', 'narrative'], ['statistics', 'table']]);
const counties = duty('monthly_county', 'monthly', [['statistics', 'table']]);

describe('what can be added up', () => {
  it('are tables that units hand in by themselves; what is collected opens from them', () => {
    expect(choicesOf([monthly, counties]).map((one) => one.id)).toEqual(['monthly/statistics']);
    expect([dutyBelow([monthly, counties], 'monthly'), dutyBelow([monthly], 'monthly')]).toEqual(['monthly_county', '']);
  });

  it('is shown for the newest window that is due; windows that have not begun are left out', () => {
    const windows = windowsOf(monthly, 'statistics', '2023-05-25');
    expect(windows.map((one) => one.slot)).toEqual(['2023-05', '2023-04', 'a']);
    expect(windowsOf(monthly, 'progress', '2023-05-25').map((one) => one.slot)).toEqual(['2023-05', '2023-04']);
    expect(usualWindow(monthly, windows, '2023-05-25T09:00:00.000+08:00')).toBe('2023-04');
  });
});

it('who is excused is not missing', () => {
  const one = (name: string, reading: string, counted: boolean) => ({ name, reading, counted }) as Contributor;
  const totals = { contributors: [one('a', 'accepted', true), one('b', 'overdue', false), one('c', 'excused', false), one('d', 'submitted', false)] } as Totals;
  expect(missingOf(totals).map((missing) => missing.name)).toEqual(['b', 'd']);
});

it('the recount is compared cell by cell, and not at all where nobody reports below', () => {
  expect(differing({ official: { x: '10', y: '7' }, recount: { x: '10', y: '6' } } as unknown as Totals)).toEqual([{ cell: 'y', recount: '6' }]);
  expect(differing({ official: { x: '10' }, recount: {} } as unknown as Totals)).toEqual([]);
});

it('nothing said is a dash, nought is nought, nil is said, thousands are grouped as in the table', () =>
  expect([figure('', '无'), figure('0', '无'), figure('nil', '无'), figure('3778', '无'), figure('-12345.60', '无')]).toEqual(['—', '0', '无', '3,778', '-12,345.60']));
