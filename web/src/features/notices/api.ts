// The URLs of notices. The generated paths do not hold them yet, so the answers' types are said here, once for each address.
import { uploadFile } from '@/features/attachments/upload';
import { api, type Answer, type Headers, type Outcome } from '@/request/send';
import type { DutyChange, Editable, NoticeCalendar, NoticeDraft, NoticeLine, Publication } from './types';

interface Asking { params?: { path?: { id: string }; query?: Record<string, string> }; headers?: Headers; body?: unknown }
type Ask = <T>(path: string, asking?: Asking) => Promise<Answer<T>>;
const open = api as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Ask>;
const at = (id: string): { path: { id: string } } => ({ path: { id } });

export const listNotices = () => open.GET<{ notices: NoticeLine[] }>('/api/v1/notices');
export const readNotice = (id: string) => open.GET<NoticeDraft>('/api/v1/notices/{id}', { params: at(id) });
export const readCalendar = (id: string) => open.GET<NoticeCalendar>('/api/v1/notices/{id}/calendar', { params: at(id) });
export const readChanges = (id: string, campaign: string) =>
  open.GET<{ items: DutyChange[] }>('/api/v1/notices/{id}/changes', { params: { ...at(id), query: { campaign } } });

export const pasteNotice = (headers: Headers, name: string, text: string, issued: string | null) =>
  open.POST<NoticeDraft>('/api/v1/notices', { headers, body: { name, text, issued } });
export const saveNotice = (headers: Headers, id: string, version: number, held: Editable) =>
  open.PUT<NoticeDraft>('/api/v1/notices/{id}', { params: at(id), headers, body: { version, ...held } });
export const dropNotice = (headers: Headers, id: string, version: number) =>
  open.DELETE<Record<string, never>>('/api/v1/notices/{id}', { params: at(id), headers, body: { version } });
export const publishNotice = (headers: Headers, id: string, version: number, campaignId: string, dryRun: boolean) =>
  open.POST<Publication>('/api/v1/notices/{id}/publish', { params: at(id), headers, body: { version, campaignId, dryRun } });

export const uploadNotice = (file: File, issued: string, progress: (share: number) => void): Promise<Outcome<NoticeDraft>> =>
  uploadFile<NoticeDraft>(`/api/v1/notices/file${issued ? `?${new URLSearchParams({ issued })}` : ''}`, file, progress);

export const listCampaigns = () => api.GET('/api/v1/campaigns', {});
