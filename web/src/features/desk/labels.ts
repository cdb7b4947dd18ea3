// How windows are called, and the words of deeds in a filing's history.
import { slotTitle, windowText } from '@/features/shared/due';
import { t, type PlainKey } from '@/i18n';

export function windowTitle(slot: string, from: string, to: string): string {
  const title = slotTitle(slot);
  return title ? t('desk.window', { title, days: windowText(from, to) }) : windowText(from, to);
}

const deedKeys = {
  save_draft: 'deed.saveDraft', hand_in: 'deed.handIn', withdraw: 'deed.withdraw', return_for_correction: 'deed.return', undo_return: 'deed.undoReturn',
  accept: 'deed.accept', ask_amendment: 'deed.askAmendment', grant_amendment: 'deed.grantAmendment', refuse_amendment: 'deed.refuseAmendment',
  excuse: 'deed.excuse', mark_not_applicable: 'deed.notApplicable', reinstate: 'deed.reinstate', extend: 'deed.extend',
} as const satisfies Record<string, PlainKey>;
export type Deed = keyof typeof deedKeys;
export const deedWord = (deed: string): string => (deed in deedKeys ? t(deedKeys[deed as Deed]) : deed);
