// Duties that wait for something to happen: which of them this unit owes, and when the event is that a person types.
import { owing, type Campaign, type DutyLine } from '@/features/campaigns/model';
import { plainTime, type EventClock } from '@/features/shared/clock';

export interface EventDuty { campaignId: string; duty: string; title: string; basis: string; starts: string; clock: EventClock | null; clocked: boolean; ahead: boolean }

const clocksOf = ({ event }: DutyLine['definition']): EventClock[] => [event?.clock, ...Object.values(event?.byReceiver ?? {})].filter((one) => one !== null && one !== undefined);
export const isClocked = (definition: DutyLine['definition']): boolean => clocksOf(definition).length > 0;

// clocked: a filing begins with the event's instant; ahead: that may lie in the future, for the report is due before it.
// byItems: duties that are written among the articles, and not here.
export function eventDutiesOf(campaignId: string, whole: Campaign, unit: string, today: string, byItems: readonly string[]): EventDuty[] {
  return whole.duties.filter((one) => one.definition.onEvent && !byItems.includes(one.duty) && owing(whole.reporters, one, today).some((reporter) => reporter.organizationId === unit))
    .map(({ duty, definition }) => {
      const clocks = clocksOf(definition);
      return {
        campaignId, duty, title: definition.title, basis: [definition.section, definition.clause].filter(Boolean).join(' '), starts: definition.event?.starts ?? '',
        clock: definition.event?.clock ?? null, clocked: clocks.length > 0, ahead: clocks.some((one) => one.side === 'before'),
      };
    });
}

// The instant that was typed, in Beijing; '' while day or time is missing.
export function instantOf(day: string, time: string): string {
  const clock = plainTime(time);
  return day && clock ? `${day}T${clock}:00.000+08:00` : '';
}
