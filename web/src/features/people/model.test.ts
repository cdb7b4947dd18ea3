import { expect, it } from 'vitest';
import { mayEnd, mayHandOver, mayReset, mayTouch, rolesToGive, type Account } from './model';

const now = '2023-05-25T09:00:00.000+08:00';
const account = (...posts: [role: string, unit: string, to?: string][]): Account =>
  ({ posts: posts.map(([role, organizationId, to], index) => ({ id: `p${index}`, role, organizationId, from: '2023-03-01T00:00:00.000+08:00', ...(to && { to }) })) }) as unknown as Account;
const actor = (role: string, ...rights: string[]) => ({ rights, post: { role, organization: { id: 'office', name: '' } } }) as never;
const clerk = actor('office_clerk', 'people_change');
const admin = actor('system_admin', 'people_change');
const granter = actor('security_admin', 'roles_grant');

it('an office clerk looks after the liaisons of other units and after nobody else', () => {
  expect(mayTouch(clerk, account(['liaison', 'bureau']), now)).toBe(true);
  expect(mayTouch(clerk, account(['liaison', 'office']), now)).toBe(false);
  expect(mayTouch(clerk, account(['liaison', 'bureau'], ['reviewer', 'bureau']), now)).toBe(false);
  expect(mayTouch(clerk, account(['liaison', 'bureau'], ['reviewer', 'bureau', '2023-04-01T00:00:00.000+08:00']), now)).toBe(true);
  expect(rolesToGive(clerk)).toEqual({ granting: false, roles: ['liaison'] });
});

it('an administrator is not given another\'s password, and no role beyond the ordinary ones', () => {
  const auditor = account(['security_auditor', 'office']);
  expect([mayTouch(admin, auditor, now), mayReset(admin, auditor, now), mayEnd(admin, auditor, auditor.posts[0]!, now)]).toEqual([true, false, false]);
  expect(rolesToGive(admin).roles).not.toContain('office_clerk');
  expect([mayEnd(granter, auditor, auditor.posts[0]!, now), mayHandOver(granter, auditor, auditor.posts[0]!, now)]).toEqual([true, false]);
  expect(rolesToGive(actor('auditor')).roles).toEqual([]);
});
