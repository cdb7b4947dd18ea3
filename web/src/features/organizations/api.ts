// The URLs of organizations. Every change can be asked for as a dry run first: the same checks, nothing stored.
import { api, type Headers } from '@/request/send';
import type { Asked, Sent } from '@/request/types';

const at = (id: string) => ({ path: { id } });
export const listOrganizations = (query: Asked<'/api/v1/organizations'>) => api.GET('/api/v1/organizations', { params: { query } });
export const readTree = (query: Asked<'/api/v1/organizations/tree'>) => api.GET('/api/v1/organizations/tree', { params: { query } });
export const readOrganization = (id: string) => api.GET('/api/v1/organizations/{id}', { params: at(id) });

export type ChangeKind = 'open' | 'close' | 'move' | 'merge' | 'rename';
export type Change =
  | { kind: 'open'; body: Sent<'/api/v1/organizations'> }
  | { kind: 'close'; id: string; body: Sent<'/api/v1/organizations/{id}/close'> }
  | { kind: 'move'; id: string; body: Sent<'/api/v1/organizations/{id}/move'> }
  | { kind: 'merge'; id: string; body: Sent<'/api/v1/organizations/{id}/merge'> }
  | { kind: 'rename'; id: string; body: Sent<'/api/v1/organizations/{id}/rename'> };

export function sendChange(headers: Headers, change: Change) {
  switch (change.kind) {
    case 'open': return api.POST('/api/v1/organizations', { headers, body: change.body });
    case 'close': return api.POST('/api/v1/organizations/{id}/close', { params: at(change.id), headers, body: change.body });
    case 'move': return api.POST('/api/v1/organizations/{id}/move', { params: at(change.id), headers, body: change.body });
    case 'merge': return api.POST('/api/v1/organizations/{id}/merge', { params: at(change.id), headers, body: change.body });
    case 'rename': return api.POST('/api/v1/organizations/{id}/rename', { params: at(change.id), headers, body: change.body });
  }
}
