// Clocks that an event starts, in words: 接报后1小时内, 期限届满前20个工作日.
import { t } from '@/i18n';

export interface EventClock { side: string; unit: string; count: number; minute?: number | null }

const two = (number: number): string => String(number).padStart(2, '0');

function spanWords(event: string, { side, unit, count }: EventClock): string {
  const after = side === 'after';
  const hours = unit === 'minutes' && count % 60 === 0;
  if (hours) return t(after ? 'clock.hoursAfter' : 'clock.hoursBefore', { event, count: count / 60 });
  switch (unit) {
    case 'minutes': return t(after ? 'clock.minutesAfter' : 'clock.minutesBefore', { event, count });
    case 'workdays': return t(after ? 'clock.workdaysAfter' : 'clock.workdaysBefore', { event, count });
    case 'months': return t(after ? 'clock.monthsAfter' : 'clock.monthsBefore', { event, count });
    default:
      if (after && count === 0) return t('clock.sameDay', { event });
      if (after && count === 1) return t('clock.nextDay', { event });
      return t(after ? 'clock.daysAfter' : 'clock.daysBefore', { event, count });
  }
}

// starts: what the pack says starts the clock, '' where it does not.
export const eventWord = (starts: string): string => starts || t('clock.event');

export function clockWords(starts: string, clock: EventClock): string {
  const span = spanWords(eventWord(starts), clock);
  const { minute } = clock;
  return minute === null || minute === undefined ? span : t('clock.byTime', { span, time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` });
}

// A time of day as people type it (9:20, 0920, 9：20, 9点20分, 9时), as 09:20; '' for what is none.
export function plainTime(typed: string): string {
  const found = /^([01]?\d|2[0-3])(?:[:：]?([0-5]\d)|[点时](?:([0-5]?\d)分?)?)$/.exec(typed.trim());
  return found ? `${found[1]!.padStart(2, '0')}:${(found[2] ?? found[3] ?? '0').padStart(2, '0')}` : '';
}
