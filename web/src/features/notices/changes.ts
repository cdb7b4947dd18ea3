// What publishing the notice would change in a campaign, in few words: a rule where one can be seen, else the first few days.
import { slotTitle, weekday } from '@/features/shared/due';
import { t } from '@/i18n';
import { dateWords, spanWords } from './due';
import type { DutyChange, Move } from './types';

const first = 3;
const dayOf = (at: string): string => at.slice(0, 10);
const timeOf = (at: string): string => (at.includes('T') ? at.slice(11, 16) : '');

// Whatever all instants have in common, or null.
function common(instants: readonly (string | null)[], say: (at: string) => string): string | null {
  const said = new Set(instants.map((at) => (at ? say(at) : '')));
  const [only] = [...said];
  return said.size === 1 && only ? only : null;
}

const withTime = (day: string, at: string): string => [day, timeOf(at)].filter(Boolean).join(' ');
const weekdayOf = (at: string): string => withTime(t('notice.due.weekly', { days: weekday(at) }), at);
const dayOfMonth = (at: string): string => withTime(t('notice.due.monthly', { days: t('notice.due.dayOfMonth', { day: Number(at.slice(8, 10)) }) }), at);
function lastOfMonth(at: string): string {
  const last = new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)), 0)).getUTCDate();
  return last === Number(at.slice(8, 10)) ? withTime(t('notice.due.monthly', { days: t('notice.due.lastDay') }), at) : '';
}

function rule(instants: readonly (string | null)[], weekly: boolean): string | null {
  return weekly ? common(instants, weekdayOf) : common(instants, dayOfMonth) ?? common(instants, lastOfMonth);
}

const clockWords = (clock: string | null): string => (clock ? spanWords(clock) : t('notice.due.noClock'));

export function instantWords(at: string | null): string {
  return at ? withTime(dateWords(dayOf(at)), at) : t('notice.due.noInstant');
}

function moveWords(move: Move): string {
  if (move.slot.startsWith('event:')) return t('notice.changes.arrow', { before: clockWords(move.before), after: clockWords(move.after) });
  const arrow = t('notice.changes.arrow', { before: instantWords(move.before), after: instantWords(move.after) });
  const month = /^\d{4}-(\d{2})$/.exec(move.slot);
  const title = month ? t('notice.changes.month', { month: Number(month[1]) }) : slotTitle(move.slot);
  return title ? `${title}${t('word.colon')}${arrow}` : arrow;
}

// The server sends the first twelve moves and how many there are. One line for each thing to say; none when nothing moved.
export function movesWords(change: Pick<DutyChange, 'moves' | 'moved'>): string[] {
  const { moves } = change;
  if (moves.length === 0) return [];
  const slots = moves.map((one) => one.slot);
  const weekly = slots.every((slot) => /-W\d+/.test(slot));
  if (moves.length > 1 && (weekly || slots.every((slot) => /^\d{4}-\d{2}$/.test(slot)))) {
    const before = rule(moves.map((one) => one.before), weekly);
    const after = rule(moves.map((one) => one.after), weekly);
    if (before && after && before !== after) return [t('notice.changes.arrow', { before, after }), ...(change.moved > moves.length ? [t('notice.changes.inAll', { count: change.moved })] : [])];
  }
  const rest = Math.max(change.moved, moves.length) - Math.min(first, moves.length);
  return [...moves.slice(0, first).map(moveWords), ...(rest > 0 ? [t('notice.changes.more', { count: rest })] : [])];
}
