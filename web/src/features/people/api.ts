// The URLs of accounts and posts.
import { api, type Headers } from '@/request/send';
import type { Asked, Sent } from '@/request/types';

const at = (id: string) => ({ path: { id } });
export const listAccounts = (query: Asked<'/api/v1/accounts'>) => api.GET('/api/v1/accounts', { params: { query } });
export const readAccount = (id: string) => api.GET('/api/v1/accounts/{id}', { params: at(id) });
export const createAccount = (headers: Headers, body: Sent<'/api/v1/accounts'>) => api.POST('/api/v1/accounts', { headers, body });
export const resetPassword = (headers: Headers, id: string, version: number) => api.POST('/api/v1/accounts/{id}/reset-password', { params: at(id), headers, body: { version } });
export const disableAccount = (headers: Headers, id: string, version: number, reason: string) => api.POST('/api/v1/accounts/{id}/disable', { params: at(id), headers, body: { version, reason } });
export const enableAccount = (headers: Headers, id: string, version: number) => api.POST('/api/v1/accounts/{id}/enable', { params: at(id), headers, body: { version } });
export const handOver = (headers: Headers, id: string, post: string, body: Sent<'/api/v1/accounts/{id}/posts/{post}/hand-over'>) =>
  api.POST('/api/v1/accounts/{id}/posts/{post}/hand-over', { params: { path: { id, post } }, headers, body });

export const givePost = (headers: Headers, id: string, body: Sent<'/api/v1/accounts/{id}/posts'>) => api.POST('/api/v1/accounts/{id}/posts', { params: at(id), headers, body });
export const endPost = (headers: Headers, id: string, post: string, version: number) => api.POST('/api/v1/accounts/{id}/posts/{post}/end', { params: { path: { id, post } }, headers, body: { version } });
export const grantRole = (headers: Headers, id: string, body: Sent<'/api/v1/accounts/{id}/roles'>) => api.POST('/api/v1/accounts/{id}/roles', { params: at(id), headers, body });
export const endRole = (headers: Headers, id: string, post: string, version: number) => api.POST('/api/v1/accounts/{id}/roles/{post}/end', { params: { path: { id, post } }, headers, body: { version } });

// The body is the file as it is; its name travels in a header.
const fileHeaders = (headers: Headers, file: File) => ({ ...headers, 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) });
const asItIs = (body: unknown) => body as Blob;
export const importAccounts = (headers: Headers, file: File, dryRun: boolean) =>
  api.POST('/api/v1/accounts/import', { params: { query: { dryRun } }, headers: fileHeaders(headers, file), body: file as unknown as string, bodySerializer: asItIs });
export const importOrganizations = (headers: Headers, file: File, dryRun: boolean) =>
  api.POST('/api/v1/organizations/import', { params: { query: { dryRun } }, headers: fileHeaders(headers, file), body: file as unknown as string, bodySerializer: asItIs });
