import { expect, it } from 'vitest';
import { ownPath } from './router';

it('the way back after sign-in never leaves our own site', () => {
  expect(ownPath('/filings/1?part=statistics')).toBe('/filings/1?part=statistics');
  for (const hostile of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', undefined, ['/a']])
    expect(ownPath(hostile)).toBe('/');
});
