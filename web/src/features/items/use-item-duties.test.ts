import { expect, it } from 'vitest';
import { itemDutiesOf, type CampaignWhole } from './use-item-duties';

const whole = {
  duties: [{ duty: 'articles', receiverNames: ['安委办'], definition: { title: '每月宣传信息', group: 'cities', level: '', section: '', clause: '', onEvent: false, parts: [{ kind: 'items', formDigest: 'd', quota: { min: 5 } }] } }],
  reporters: [
    { organizationId: 'city', receiverId: 'office', groups: ['cities'], level: 'city', to: null }, { organizationId: 'county', receiverId: 'city', groups: ['counties'], level: 'county', to: null },
    { organizationId: 'closed', receiverId: 'office', groups: ['cities'], level: 'city', to: '2023-04-01' },
  ],
  forms: [],
} as unknown as CampaignWhole;

it('only a unit that is asked for articles is offered to write them; one that has closed still sees its own', () => {
  expect(['city', 'closed', 'county', 'office'].map((unit) => itemDutiesOf('c', whole, unit).length)).toEqual([1, 1, 0, 0]);
});
