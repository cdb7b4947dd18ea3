// Marks of states and grades, and the word that always goes with a shape. Names are those of the API.
import type { PlainKey } from '@/i18n/words';

export const markWords = {
  accepted: 'state.accepted',
  blue: 'grade.blue',
  draft: 'state.draft',
  excused: 'state.excused',
  expected: 'state.expected',
  late: 'state.late',
  missing: 'state.missing',
  nil: 'state.nil',
  not_applicable: 'state.notApplicable',
  partial: 'state.partial',
  red: 'grade.red',
  returned: 'state.returned',
  submitted: 'state.submitted',
  withdrawn: 'state.withdrawn',
  yellow: 'grade.yellow',
} as const satisfies Record<string, PlainKey>;

export type Mark = keyof typeof markWords;
