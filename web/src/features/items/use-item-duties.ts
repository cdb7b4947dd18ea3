// Duties that are counted by items (宣传信息, 典型案例): which they are, and how far this unit is this month; and those that are begun
// when something happens.
import { shallowRef } from 'vue';
import { owing } from '@/features/campaigns/model';
import { eventDutiesOf, isClocked, type EventDuty } from '@/features/filling/event-duties';
import { businessInstant } from '@/features/shared/now';
import { api, send } from '@/request/send';
import type { Answered } from '@/request/types';
import { session } from '@/session/session';

export type CampaignWhole = Answered<'/api/v1/campaigns/{id}'>;
export type DutyLine = CampaignWhole['duties'][number];
export type PartOfDuty = DutyLine['definition']['parts'][number];
export type Meter = Answered<'/api/v1/campaigns/{id}/quotas'>['meters'][number];

export interface ItemDuty { campaignId: string; duty: string; title: string; clause: string; section: string; part: PartOfDuty; onEvent: boolean; receivers: string[]; categories: { id: string; title: string }[]; picturesMin: number }

// What the unit owes, or has owed, and writes one by one, not together in a filing: those with a quota, and those on event. A clock runs
// for a filing, and not for items by themselves.
export function itemDutiesOf(campaignId: string, whole: CampaignWhole, unit: string): ItemDuty[] {
  return whole.duties.filter((one) => owing(whole.reporters, one, '').some((reporter) => reporter.organizationId === unit)).flatMap(({ duty, definition, receiverNames }) => {
    const part = definition.parts.length === 1 ? definition.parts[0]! : undefined;
    if (!part || part.kind !== 'items' || (!part.quota && !definition.onEvent) || isClocked(definition)) return [];
    const form = whole.forms.find((one) => one.digest === part.formDigest);
    return [{ categories: form?.categories ?? [], picturesMin: form?.picturesMin ?? 0, campaignId, duty, title: definition.title, clause: definition.clause, section: definition.section, part, onEvent: definition.onEvent, receivers: receiverNames }];
  });
}

interface Filed { campaignId: string; duty: string; slot: string; organizationId: string }

export function useItemDuties() {
  const duties = shallowRef<ItemDuty[]>([]);
  const events = shallowRef<EventDuty[]>([]);
  const meters = shallowRef(new Map<string, { meter: Meter; unit: string }>());

  async function readMeter(duty: ItemDuty, month: string): Promise<void> {
    const outcome = await send(() => api.GET('/api/v1/campaigns/{id}/quotas', { params: { path: { id: duty.campaignId }, query: { duty: duty.duty, month } } }));
    const own = outcome.ok ? outcome.value.meters.find((one) => one.organizationId === session.value?.post.organization.id) : undefined;
    if (own && outcome.ok) meters.value = new Map(meters.value).set(`${duty.campaignId}/${duty.duty}/${month}`, { meter: own, unit: outcome.value.unit });
  }

  async function load(): Promise<void> {
    for (const { id } of session.value?.campaigns ?? []) {
      const outcome = await send(() => api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
      if (!outcome.ok) continue;
      const found = itemDutiesOf(id, outcome.value, session.value?.post.organization.id ?? '');
      duties.value = [...duties.value.filter((one) => one.campaignId !== id), ...found];
      events.value = [...events.value.filter((one) => one.campaignId !== id), ...eventDutiesOf(id, outcome.value, session.value?.post.organization.id ?? '', businessInstant().slice(0, 10), found.map((one) => one.duty))];
      const month = businessInstant().slice(0, 7);
      await Promise.all(found.filter((duty) => duty.part.quota).map((duty) => readMeter(duty, month)));
    }
  }

  const dutyOf = (filed: { campaignId: string; duty: string }): ItemDuty | undefined =>
    duties.value.find((one) => one.campaignId === filed.campaignId && one.duty === filed.duty);

  return {
    duties, events, load, readMeter, dutyOf,
    isByItems: (filed: Filed): boolean => dutyOf(filed) !== undefined,
    meterOf: (duty: ItemDuty, month: string) => meters.value.get(`${duty.campaignId}/${duty.duty}/${month}`),
    quotaOf(filed: Filed): { done: number; asked: number; unit: string } | undefined {
      const found = meters.value.get(`${filed.campaignId}/${filed.duty}/${filed.slot}`);
      return found ? { done: found.meter.count, asked: found.meter.min ?? 0, unit: found.unit } : undefined;
    },
  };
}
