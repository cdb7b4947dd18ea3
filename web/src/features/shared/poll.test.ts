import { expect, it } from 'vitest';
import { atItFor, worthAsking } from './poll';

it('a page is looked at again only in sight, and only while somebody is at it', () => {
  expect(worthAsking(false, 1000, 0)).toBe(true);
  expect(worthAsking(true, 1000, 0)).toBe(false);
  expect(worthAsking(false, atItFor + 1, 0)).toBe(false);
});
