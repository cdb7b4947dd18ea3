// A program that uses the API as the page does: session cookie, CSRF token, one idempotency key for each deed.
import { randomUUID } from 'node:crypto';

export interface Answer<T = unknown> { status: number; body: T }

export class Client {
  cookie = '';
  private csrf = '';
  readonly url: string;
  constructor(url: string) { this.url = url; }

  async signIn(account: string, password: string): Promise<void> {
    const answer = await this.send<{ csrfToken: string }>('POST', '/api/v1/session', { account, password });
    if (answer.status >= 300) throw new Error(`sign-in of ${account}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.csrf = answer.body.csrfToken;
  }

  get<T = unknown>(path: string): Promise<Answer<T>> { return this.send<T>('GET', path); }
  post<T = unknown>(path: string, body: unknown, key: string = randomUUID()): Promise<Answer<T>> { return this.send<T>('POST', path, body, key); }

  async send<T = unknown>(method: string, path: string, body?: unknown, key: string = randomUUID()): Promise<Answer<T>> {
    const headers: Record<string, string> = { Origin: this.url };
    if (this.cookie) headers.Cookie = this.cookie;
    if (method !== 'GET') Object.assign(headers, { 'X-CSRF-Token': this.csrf, 'Idempotency-Key': key, 'Content-Type': 'application/json' });
    const answer = await fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (set.length > 0) this.cookie = set.join('; ');
    const text = await answer.text();
    const json = (answer.headers.get('content-type') ?? '').includes('json') && text !== '';
    return { status: answer.status, body: (json ? JSON.parse(text) : text) as T };
  }
}
