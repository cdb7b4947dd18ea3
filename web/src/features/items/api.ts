// The URLs of items.
import { api, type Headers } from '@/request/send';
import type { Answered, Asked, Sent } from '@/request/types';

export type Item = Answered<'/api/v1/items/{id}'>;
export type Writing = Sent<'/api/v1/campaigns/{id}/items'>;
const at = (id: string) => ({ path: { id } });

export const readItem = (id: string) => api.GET('/api/v1/items/{id}', { params: at(id) });
export const listItems = (campaign: string, query: Asked<'/api/v1/campaigns/{id}/items'>) => api.GET('/api/v1/campaigns/{id}/items', { params: { ...at(campaign), query } });
export const writeItem = (headers: Headers, campaign: string, body: Writing) => api.POST('/api/v1/campaigns/{id}/items', { params: at(campaign), headers, body });
export const handInItem = (headers: Headers, id: string, version: number) => api.POST('/api/v1/items/{id}/hand-in', { params: at(id), headers, body: { version } });
export const withdrawItem = (headers: Headers, id: string, version: number) => api.POST('/api/v1/items/{id}/withdraw', { params: at(id), headers, body: { version } });
