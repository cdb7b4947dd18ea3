import { expect, it } from 'vitest';
import { addMonths, stepFrom, weeksOf } from './calendar';

it('a month is drawn from Monday, with the ends of its neighbours', () => {
  const weeks = weeksOf('2023-05-25');
  expect([weeks[0]![0], weeks[0]![6], weeks[4]![2], weeks[5]![6]]).toEqual(['2023-05-01', '2023-05-07', '2023-05-31', '2023-06-11']);
  expect(weeksOf('2023-01-10')[0]![0]).toBe('2022-12-26');
});

it('keys walk over the ends of months, and a month further never leaves the month', () => {
  expect(stepFrom('2023-05-31', 'ArrowRight')).toBe('2023-06-01');
  expect(stepFrom('2024-03-01', 'ArrowUp')).toBe('2024-02-23');
  expect(stepFrom('2023-05-31', 'x')).toBeNull();
  expect(addMonths('2023-03-31', -1)).toBe('2023-02-28');
  expect(addMonths('2023-12-15', 1)).toBe('2024-01-15');
});
