// A filing route's state as mark and word: what the API says, together with what time says.
import type { Mark } from '@/design/marks';
import { t } from '@/i18n';

export interface RouteState { state: string; amendment?: string | undefined; nil?: boolean | undefined; partial?: boolean | undefined }

const known = new Set<string>(['expected', 'draft', 'submitted', 'accepted', 'returned', 'withdrawn', 'not_applicable', 'excused']);

export const markOf = (state: string): Mark => (known.has(state) ? (state as Mark) : 'expected');

// Beside the state: 零报告, 部分报送, an amendment asked for or granted.
export function factsOf(route: RouteState): string[] {
  const facts: string[] = [];
  if (route.nil) facts.push(t('state.nil'));
  if (route.partial) facts.push(t('state.partial'));
  if (route.amendment === 'asked') facts.push(t('route.amendmentAsked'));
  if (route.amendment === 'granted') facts.push(t('route.amendmentGranted'));
  return facts;
}

const punctualityKeys = {
  no_due: 'punctuality.noDue', not_yet: 'punctuality.notYet', overdue: 'punctuality.overdue', on_time: 'punctuality.onTime', late: 'punctuality.late',
} as const;

export function punctualityWord(word: string): string {
  return word in punctualityKeys ? t(punctualityKeys[word as keyof typeof punctualityKeys]) : word;
}
