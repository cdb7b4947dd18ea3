// The URLs of filling.
import { api, type Headers } from '@/request/send';
import type { Sent } from '@/request/types';
import type { Parts } from './model';

type HandInBody = Sent<'/api/v1/filings/{id}/hand-in'>;
const at = (id: string) => ({ path: { id } });

// Parts are open objects in the API's declaration; what may stand in them, model.ts says.
type Open = Sent<'/api/v1/filings/{id}/check'>['parts'];
const open = (parts: Parts): Open => parts as unknown as Open;

export const readFiling = (id: string) => api.GET('/api/v1/filings/{id}', { params: at(id) });
export const checkParts = (id: string, parts: Parts) => api.POST('/api/v1/filings/{id}/check', { params: at(id), body: { parts: open(parts) } });
export const saveDraft = (headers: Headers, id: string, version: number, parts: Parts) =>
  api.PUT('/api/v1/filings/{id}/draft', { params: at(id), headers, body: { version, parts: open(parts) } });
export const handIn = (headers: Headers, id: string, body: HandInBody) => api.POST('/api/v1/filings/{id}/hand-in', { params: at(id), headers, body });
export const withdraw = (headers: Headers, id: string, version: number) => api.POST('/api/v1/filings/{id}/withdraw', { params: at(id), headers, body: { version } });
export const askAmendment = (headers: Headers, route: string, version: number, reason: string) =>
  api.POST('/api/v1/routes/{id}/amendment', { params: at(route), headers, body: { version, reason } });
export const readSubmission = (id: string, number: number) =>
  api.GET('/api/v1/filings/{id}/submissions/{number}', { params: { path: { id, number: String(number) } } });
export const readDifferences = (id: string, from: number, to: number) => api.GET('/api/v1/filings/{id}/differences', { params: { path: { id }, query: { from, to } } });
export const readEventDues = (campaign: string, duty: string, at: string) => api.GET('/api/v1/event-dues', { params: { query: { campaign, duty, at } } });
export const beginOnEvent = (headers: Headers, campaign: string, duty: string, eventAt: string | null, name: string) =>
  api.POST('/api/v1/filings', { headers, body: { campaign, duty, eventAt, name } });
