// Files on their way to the server, with progress. fetch cannot tell how far an upload is, so this one request is an XMLHttpRequest;
// the server takes name and type from the content and the header, never from the form.
import { refusalOf, unreachable, type Outcome } from '@/request/refusal';
import { newDeedKey } from '@/request/send';
import type { Answered } from '@/request/types';
import { session } from '@/session/session';

export type Paper = 'e_copy' | 'stamped_scan' | 'picture';
export type Uploaded = Answered<'/api/v1/attachments', 'post'>;
export type Attachment = Uploaded['attachment'];

const parsed = (text: string): unknown => { try { return JSON.parse(text); } catch { return null; } };

export function uploadFile<T>(url: string, file: File, progress: (share: number) => void): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('X-CSRF-Token', session.value?.csrfToken ?? '');
    request.setRequestHeader('Idempotency-Key', newDeedKey());
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onerror = () => resolve({ ok: false, refusal: unreachable() });
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve({ ok: true, value: body as T });
      else resolve({ ok: false, refusal: refusalOf(request.status, body, request.getResponseHeader('X-Request-Id') ?? '') });
    };
    request.send(file);
  });
}

export const uploadPaper = (file: File, paper: Paper, progress: (share: number) => void): Promise<Outcome<Uploaded>> =>
  uploadFile<Uploaded>(`/api/v1/attachments?paper=${paper}`, file, progress);

export const contentUrl = (id: string): string => `/api/v1/attachments/${encodeURIComponent(id)}/content`;

// What file pickers offer first; the server decides.
export const acceptedFor: Record<Paper, string> = {
  e_copy: '.docx,.xlsx,.doc,.xls,.pdf,.jpg,.jpeg,.png,.mp4,.txt', stamped_scan: '.pdf,.jpg,.jpeg,.png', picture: '.jpg,.jpeg,.png',
};

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
