// The URLs of review and of reading a filing.
import { api, type Headers } from '@/request/send';
import type { Asked, Sent } from '@/request/types';

const at = (id: string) => ({ path: { id } });

export const readQueue = (query: Asked<'/api/v1/review'>) => api.GET('/api/v1/review', { params: { query } });
export const readFiling = (id: string) => api.GET('/api/v1/filings/{id}', { params: at(id) });
export const readSubmission = (id: string, number: number) => api.GET('/api/v1/filings/{id}/submissions/{number}', { params: { path: { id, number: String(number) } } });
export const readDifferences = (id: string, from: number, to: number) => api.GET('/api/v1/filings/{id}/differences', { params: { path: { id }, query: { from, to } } });
export const readItem = (id: string) => api.GET('/api/v1/items/{id}', { params: at(id) });

export const acceptAll = (headers: Headers, body: Sent<'/api/v1/review/accept'>) => api.POST('/api/v1/review/accept', { headers, body });
export const returnAll = (headers: Headers, body: Sent<'/api/v1/review/return'>) => api.POST('/api/v1/review/return', { headers, body });

export const accept = (headers: Headers, id: string, version: number) => api.POST('/api/v1/routes/{id}/accept', { params: at(id), headers, body: { version } });
export const returnForCorrection = (headers: Headers, id: string, body: Sent<'/api/v1/routes/{id}/return'>) =>
  api.POST('/api/v1/routes/{id}/return', { params: at(id), headers, body });

export interface Decision { deed: DecisionDeed; version: number; reason: string; due?: string }
export type DecisionDeed = 'undo_return' | 'excuse' | 'mark_not_applicable' | 'reinstate' | 'grant_amendment' | 'refuse_amendment' | 'extend';

// One deed, one address; what goes with it is the same but for the new due.
export function decide(headers: Headers, id: string, { deed, version, reason, due }: Decision) {
  const params = at(id);
  const body = { version, reason };
  switch (deed) {
    case 'undo_return': return api.POST('/api/v1/routes/{id}/undo-return', { params, headers, body });
    case 'excuse': return api.POST('/api/v1/routes/{id}/excuse', { params, headers, body });
    case 'mark_not_applicable': return api.POST('/api/v1/routes/{id}/not-applicable', { params, headers, body });
    case 'reinstate': return api.POST('/api/v1/routes/{id}/reinstate', { params, headers, body });
    case 'grant_amendment': return api.POST('/api/v1/routes/{id}/amendment/grant', { params, headers, body });
    case 'refuse_amendment': return api.POST('/api/v1/routes/{id}/amendment/refuse', { params, headers, body });
    case 'extend': return api.POST('/api/v1/routes/{id}/extend', { params, headers, body: { ...body, due: due ?? '' } });
  }
}
