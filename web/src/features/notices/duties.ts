// What may be done with duties, as pure changes of the list.
import type { Place } from './marks';
import type { Duty, Editable, NoticeDraft } from './types';

export const paperKinds = ['e-copy', 'stamped-scan', 'paper', 'video', 'photo'] as const;
export const recurrences = ['once', 'weekly', 'monthly', 'quarterly', 'halfyearly', 'yearly', 'daily', 'immediate'] as const;

// A duty that the office itself found in the text: nothing about it is guessed.
export function newDuty(place: Place): Duty {
  return {
    ...place, materials: [], reporters: '', recipient: '', recurrence: 'once', due: null, activeFrom: null, activeTo: null,
    quotaMin: null, quotaMax: null, quotaUnit: null, quotaPer: null, papers: [], windowRule: null, nil: false, soft: false, event: null,
    optional: false, confidence: 1, repairs: [], why: [], section: '', dueReadings: null,
  };
}

// Where in the list a duty with this place belongs: the list follows the text.
export function indexFor(duties: readonly Duty[], from: number): number {
  const after = duties.findIndex((one) => one.from > from);
  return after < 0 ? duties.length : after;
}

const copyOf = (duty: Duty): Duty => ({ ...duty, materials: [...duty.materials], papers: [...duty.papers], repairs: [...duty.repairs], why: [...duty.why] });

// A person has said when it is due: nothing is left to ask.
export const dueSaid = (duty: Duty, due: string | null): Duty => ({ ...duty, due, dueReadings: null });

// One duty for each of its materials, in its place.
export function split(duties: readonly Duty[], index: number): Duty[] {
  const whole = duties[index];
  if (!whole || whole.materials.length < 2) return [...duties];
  const parts = whole.materials.map((material) => ({ ...copyOf(whole), materials: [material] }));
  return [...duties.slice(0, index), ...parts, ...duties.slice(index + 1)];
}

// The first of them stays, with the materials of all; the others go.
export function merge(duties: readonly Duty[], indices: readonly number[]): Duty[] {
  const [first, ...others] = [...new Set(indices)].sort((a, b) => a - b).filter((index) => duties[index]);
  if (first === undefined || others.length === 0) return [...duties];
  const materials = [...new Set([first, ...others].flatMap((index) => duties[index]!.materials))];
  return duties.flatMap((duty, index) => (index === first ? [{ ...copyOf(duty), materials }] : others.includes(index) ? [] : [duty]));
}

export type Sureness = 'sure' | 'check' | 'doubtful';
export const surenessOf = (confidence: number): Sureness => (confidence >= 0.8 ? 'sure' : confidence >= 0.5 ? 'check' : 'doubtful');

// The server leaves out what is null; here it is written, so that nothing has two ways of being absent.
const dutyOf = (read: Duty): Duty => ({ ...newDuty({ quote: '', from: 0, to: 0 }), ...read });
export function noticeOf(read: NoticeDraft): NoticeDraft {
  const nothing = { campaignId: null, issued: null, issueDate: null, periodFrom: null, periodTo: null };
  return { ...nothing, ...read, duties: read.duties.map(dutyOf), officeWill: read.officeWill.map(dutyOf) };
}

export function editableOf(notice: NoticeDraft): Editable {
  const { title, docNumber, issuer, addressees, issued, issueDate, periodFrom, periodTo, duties, names } = notice;
  return { title, docNumber, issuer, addressees, issued: issued ?? issueDate, periodFrom, periodTo, duties: duties.map(copyOf), names: names.map((one) => ({ ...one })) };
}

// What a unit is to be called from now on; '' drops the unit.
export function renamed(names: Editable['names'], said: string, name: string): Editable['names'] {
  return [...names.filter((one) => one.said !== said), { said, name: name.trim() }];
}
