// Words of organizations, and the body of a change from what was filled in.
import type { PlainKey } from '@/i18n';
import type { Answered } from '@/request/types';
import type { Change, ChangeKind } from './api';

export type Organization = Answered<'/api/v1/organizations'>['rows'][number];
export type Whole = Answered<'/api/v1/organizations/{id}'>;
export type TreeNode = Answered<'/api/v1/organizations/tree'>['nodes'][number];
export type EdgeKind = Whole['parents'][number]['kind'];
export type Touched = Answered<'/api/v1/organizations', 'post'>['touched'][number];

export const edgeWords = { place: 'organization.place', sector: 'organization.sector', committee: 'organization.committee' } as const satisfies Record<EdgeKind, PlainKey>;
export const kindWords = {
  government: 'organization.kind.government', committee_office: 'organization.kind.committeeOffice', department: 'organization.kind.department', bureau: 'organization.kind.bureau',
  sector_committee: 'organization.kind.sectorCommittee', functional_zone: 'organization.kind.functionalZone', town: 'organization.kind.town', section: 'organization.kind.section',
  enterprise: 'organization.kind.enterprise', other: 'organization.kind.other',
} as const satisfies Record<Organization['kind'], PlainKey>;
export const levels = ['province', 'city', 'county', 'town', 'enterprise'] as const satisfies readonly Organization['level'][];

const touchedWords = {
  organizations_moved: 'organization.touched.moved', edges_ended: 'organization.touched.edgesEnded', edges_begun: 'organization.touched.edgesBegun', closed: 'organization.touched.closed',
  renamed: 'organization.touched.renamed', opened: 'organization.touched.opened', open_filings: 'organization.touched.openFilings', posts_held: 'organization.touched.postsHeld',
} as const satisfies Record<string, PlainKey>;
export const touchedKey = (what: string): PlainKey | null => (what in touchedWords ? touchedWords[what as keyof typeof touchedWords] : null);

// What the form holds; which of it a change takes, its kind says.
export interface Filled {
  from: string; name: string; shortName: string; kind: Organization['kind']; level: Organization['level']; edge: EdgeKind; parent: string; leave: string; into: string; intoVersion: number;
}

export function changeOf(kind: ChangeKind, filled: Filled, about: { id: string; version: number } | null, dryRun: boolean): Change {
  const { from, name, shortName } = filled;
  const id = about?.id ?? '';
  const version = about?.version ?? 0;
  switch (kind) {
    case 'open':
      return { kind, body: { dryRun, name: name.trim(), ...(shortName.trim() && { shortName: shortName.trim() }), kind: filled.kind, level: filled.level, from, parents: filled.parent ? [{ kind: filled.edge, parent: filled.parent }] : [] } };
    case 'close': return { kind, id, body: { dryRun, version, on: from } };
    case 'rename': return { kind, id, body: { dryRun, version, from, name: name.trim(), ...(shortName.trim() && { shortName: shortName.trim() }) } };
    case 'merge': return { kind, id, body: { dryRun, version, into: filled.into, intoVersion: filled.intoVersion, from } };
    case 'move':
      return { kind, id, body: { dryRun, version, from, kind: filled.edge, ...(filled.edge !== 'place' && filled.leave && { leave: filled.leave }), ...(filled.parent && { to: filled.parent }) } };
  }
}
