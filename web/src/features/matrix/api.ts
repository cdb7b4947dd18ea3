// The URLs of the matrix page.
import { api } from '@/request/send';
import type { Asked } from '@/request/types';

export const readCampaign = (id: string) => api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } });
export const readMatrix = (id: string, query: Asked<'/api/v1/campaigns/{id}/matrix'>) => api.GET('/api/v1/campaigns/{id}/matrix', { params: { path: { id }, query } });
export const readQuotas = (id: string, query: Asked<'/api/v1/campaigns/{id}/quotas'>) => api.GET('/api/v1/campaigns/{id}/quotas', { params: { path: { id }, query } });
export const readFiling = (id: string) => api.GET('/api/v1/filings/{id}', { params: { path: { id } } });
export const matrixSheet = (id: string, query: Record<string, string>): string => `/api/v1/campaigns/${encodeURIComponent(id)}/matrix/xlsx?${new URLSearchParams(query)}`;
