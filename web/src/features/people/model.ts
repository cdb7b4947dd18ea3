// Words of roles, and what an account is at a glance.
import { t, type PlainKey } from '@/i18n';
import type { Answered } from '@/request/types';
import type { Session } from '@/session/session';

export type Account = Answered<'/api/v1/accounts/{id}'>;
export type Post = Account['posts'][number];

export const roleWords = {
  liaison: 'role.liaison', reviewer: 'role.reviewer', unit_leader: 'role.unitLeader', office_clerk: 'role.officeClerk', office_leader: 'role.officeLeader', inspector: 'role.inspector',
  enterprise: 'role.enterprise', auditor: 'role.auditor', system_admin: 'role.systemAdmin', security_admin: 'role.securityAdmin', security_auditor: 'role.securityAuditor',
} as const satisfies Record<Post['role'], PlainKey>;
export type Role = keyof typeof roleWords;
export const roleWord = (role: string): string => (role in roleWords ? t(roleWords[role as Role]) : role);

// Given by whoever changes accounts; every other role is the security administrator's to give.
export const ordinaryRoles: Role[] = ['liaison', 'reviewer', 'unit_leader', 'inspector', 'enterprise'];
// A post begins and ends when that is done, never ahead; the page's clock may be a little behind the server's.
export const isCurrent = (post: Post, now: string): boolean => !post.to || post.to.slice(0, 16) > now.slice(0, 16);

const adminRoles: Role[] = ['system_admin', 'security_admin', 'security_auditor'];
const isOrdinary = (role: Role): boolean => ordinaryRoles.includes(role);

// What whoever is signed in may do with an account; the server has the last word, this only keeps buttons away that it would refuse.
// An office clerk looks after the liaisons of other units; the system administrator after all ordinary posts; the security
// administrator gives and takes roles.
type Actor = Pick<Session, 'rights' | 'post'>;
const has = (actor: Actor, right: string): boolean => (actor.rights as readonly string[]).includes(right);

export function mayTouch(actor: Actor, account: Account, now: string): boolean {
  if (!has(actor, 'people_change')) return false;
  if (actor.post.role !== 'office_clerk') return true;
  const current = account.posts.filter((post) => isCurrent(post, now));
  return current.length > 0 && current.every((post) => post.role === 'liaison' && post.organizationId !== actor.post.organization.id);
}

export const mayReset = (actor: Actor, account: Account, now: string): boolean =>
  mayTouch(actor, account, now) && !account.posts.some((post) => isCurrent(post, now) && adminRoles.includes(post.role));

// Roles that may be given here; empty when none. granting: as the security administrator does.
export function rolesToGive(actor: Actor): { granting: boolean; roles: Role[] } {
  if (has(actor, 'roles_grant')) return { granting: true, roles: Object.keys(roleWords) as Role[] };
  if (!has(actor, 'people_change')) return { granting: false, roles: [] };
  return { granting: false, roles: actor.post.role === 'office_clerk' ? ['liaison'] : ordinaryRoles };
}

export const mayEnd = (actor: Actor, account: Account, post: Post, now: string): boolean =>
  isCurrent(post, now) && (has(actor, 'roles_grant') || (mayTouch(actor, account, now) && isOrdinary(post.role)));
export const mayHandOver = (actor: Actor, account: Account, post: Post, now: string): boolean =>
  isCurrent(post, now) && mayTouch(actor, account, now) && isOrdinary(post.role);
