import { expect, it } from 'vitest';
import { itemDutiesOf, type CampaignWhole } from '@/features/items/use-item-duties';
import { eventDutiesOf, instantOf } from './event-duties';

const hour = { side: 'after', unit: 'minutes', count: 60, minute: null };
const twenty = { side: 'before', unit: 'workdays', count: 20, minute: null };
const duty = (id: string, kind: string, event: object | null, onEvent = true) => ({
  duty: id, receiverNames: [], definition: { title: id, group: 'cities', level: '', section: '三', clause: '报', onEvent, event, parts: [{ kind, formDigest: '' }] },
});
const whole = {
  duties: [
    duty('weekly', 'narrative', null, false), duty('prompt', 'narrative', null), duty('cases', 'items', null),
    duty('accident', 'narrative', { starts: '接报', clock: hour, byReceiver: {} }), duty('exposed', 'items', { starts: '', clock: null, byReceiver: { office: hour } }),
    duty('delay', 'attachment', { starts: '期限届满', clock: twenty, byReceiver: {} }),
  ],
  reporters: [
    { organizationId: 'city', groups: ['cities'], level: 'city', to: null }, { organizationId: 'gone', groups: ['cities'], level: 'city', to: '2023-03-01' },
    { organizationId: 'county', groups: ['counties'], level: 'county', to: null },
  ],
  forms: [],
} as unknown as CampaignWhole;
const of = (unit: string) => eventDutiesOf('c', whole, unit, '2023-03-16', itemDutiesOf('c', whole, unit).map((one) => one.duty));

it('a unit is offered what it reports when something happens, but not what is written among the articles', () => {
  expect(of('city').map((one) => one.duty)).toEqual(['prompt', 'accident', 'exposed', 'delay']);
  expect([of('gone'), of('county')]).toEqual([[], []]);
  expect(itemDutiesOf('c', whole, 'city').map((one) => one.duty)).toEqual(['cases']);
});

it('a clock of the duty or of one receiver asks for the instant, and only one that runs before the event takes one to come', () => {
  expect(of('city').map((one) => one.clocked)).toEqual([false, true, true, true]);
  expect(of('city').map((one) => one.ahead)).toEqual([false, false, false, true]);
});

it('day and time typed are an instant in Beijing, and half of one is none', () => {
  expect(instantOf('2023-03-16', '9:20')).toBe('2023-03-16T09:20:00.000+08:00');
  expect([instantOf('', '9:20'), instantOf('2023-03-16', ''), instantOf('2023-03-16', '25:00')]).toEqual(['', '', '']);
});
