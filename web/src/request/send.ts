// The one way to ask the server. Adds the guard against forged requests and the deed's key; a lapsed session asks for
// sign-in over the page (the draft stays where it is) and then sends the same deed once more, under the same key.
import createClient from 'openapi-fetch';
import { refusalOf, unreachable, type Outcome } from './refusal';
import type { paths } from './schema';

export type { Outcome, Refusal } from './refusal';

// Called as `api.GET('/api/v1/…', { params, headers })`; fetch is looked up at each call.
export const api = createClient<paths>({ baseUrl: '', fetch: (request) => globalThis.fetch(request), credentials: 'same-origin' });

export interface Answer<T> { data?: T | undefined; error?: unknown; response: Response }
export type Headers = Record<string, string>;
export type Call<T> = (headers: Headers) => Promise<Answer<T>>;

// What the session lends to requests; set once by session.ts, so that requests do not depend on it.
interface Guard { csrfToken(): string; signInAgain(): Promise<boolean> }
let guard: Guard = { csrfToken: () => '', signInAgain: () => Promise.resolve(false) };
export function guardRequestsWith(next: Guard): void { guard = next; }

// Whatever is not a mere look carries the session's token, also a question that is asked with POST (checking a draft).
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && !request.headers.has('X-CSRF-Token')) request.headers.set('X-CSRF-Token', guard.csrfToken());
    return request;
  },
});

// 128 random bits as a version-4 uuid; crypto.randomUUID wants https and a younger browser.
export function newDeedKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const headersFor = (key: string | undefined): Headers =>
  key === undefined ? {} : { 'X-CSRF-Token': guard.csrfToken(), 'Idempotency-Key': key };

// Asks once and takes a 401 for an answer: signing in itself does so. With a key it is a deed, without one a question.
export async function sendOnce<T>(call: Call<T>, key?: string): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await call(headersFor(key));
    if (response.ok) return { ok: true, value: data as T };
    return { ok: false, refusal: refusalOf(response.status, error, response.headers.get('X-Request-Id') ?? '') };
  } catch {
    return { ok: false, refusal: unreachable() };
  }
}

export async function send<T>(call: Call<T>, key?: string): Promise<Outcome<T>> {
  const first = await sendOnce(call, key);
  if (first.ok || first.refusal.status !== 401 || !(await guard.signInAgain())) return first;
  return sendOnce(call, key);
}
