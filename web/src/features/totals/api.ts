// The URLs of totals.
import { api } from '@/request/send';
import type { Asked } from '@/request/types';

export const readTotals = (id: string, query: Asked<'/api/v1/campaigns/{id}/totals'>) => api.GET('/api/v1/campaigns/{id}/totals', { params: { path: { id }, query } });
export const openCell = (id: string, query: Asked<'/api/v1/campaigns/{id}/totals/cell'>) => api.GET('/api/v1/campaigns/{id}/totals/cell', { params: { path: { id }, query } });
export const totalsSheet = (id: string, query: Record<string, string>): string => `/api/v1/campaigns/${encodeURIComponent(id)}/totals/xlsx?${new URLSearchParams(query)}`;
