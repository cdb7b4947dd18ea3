// Words of roles, and what an account is at a glance.
import { t, type PlainKey } from '@/i18n';
import type { Answered } from '@/request/types';

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
export const isCurrent = (post: Post, now: string): boolean => post.from <= now && (!post.to || post.to > now);
