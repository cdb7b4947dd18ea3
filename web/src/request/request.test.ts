import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLocale } from '@/i18n';
import { refusalOf } from './refusal';
import { api, guardRequestsWith, newDeedKey, send, type Answer } from './send';
import { useDeed, useQuestion } from './use-request';

const answer = <T>(status: number, body?: T): Answer<T> => ({
  data: status < 300 ? body : undefined,
  error: status < 300 ? undefined : body,
  response: new Response(null, { status }),
});

beforeEach(() => {
  setLocale('zh');
  guardRequestsWith({ csrfToken: () => 'token-1', signInAgain: () => Promise.resolve(false) });
});

describe('a deed', () => {
  it('carries the guard token and a key of its own', async () => {
    const seen: Record<string, string>[] = [];
    const deed = useDeed((headers, name: string) => { seen.push(headers); return Promise.resolve(answer(200, name)); });
    expect(await deed.run('a')).toBe('a');
    expect(await deed.run('a')).toBe('a');
    expect(seen[0]!['X-CSRF-Token']).toBe('token-1');
    expect(seen[0]!['Idempotency-Key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen[1]!['Idempotency-Key']).not.toBe(seen[0]!['Idempotency-Key']);
  });

  it('tried again after a lost answer keeps its key, so it happens once', async () => {
    const keys: string[] = [];
    let lost = true;
    const deed = useDeed((headers, _content: { cell: string }) => {
      keys.push(headers['Idempotency-Key']!);
      return lost ? Promise.reject(new TypeError('network')) : Promise.resolve(answer(200, 'in'));
    });
    expect(await deed.run({ cell: '1' })).toBeUndefined();
    expect(deed.refusal.value?.sentence).toContain('已填内容仍在本页');
    lost = false;
    expect(await deed.run({ cell: '1' })).toBe('in');
    expect(keys[1]).toBe(keys[0]);
  });

  it('with other content is another deed, also after a lost answer', async () => {
    const keys: string[] = [];
    const deed = useDeed((headers, _content: string) => { keys.push(headers['Idempotency-Key']!); return Promise.resolve(answer(503)); });
    await deed.run('1');
    await deed.run('2');
    expect(keys[1]).not.toBe(keys[0]);
  });

  it('clicked twice is sent once', async () => {
    let finish: (value: Answer<string>) => void = () => undefined;
    const act = vi.fn(() => new Promise<Answer<string>>((resolve) => { finish = resolve; }));
    const deed = useDeed(act);
    const first = deed.run();
    expect(deed.busy.value).toBe(true);
    expect(await deed.run()).toBeUndefined();
    finish(answer(200, 'done'));
    expect(await first).toBe('done');
    expect(act).toHaveBeenCalledTimes(1);
    expect(deed.busy.value).toBe(false);
  });

  it('after the session lapsed is sent once more under the same key when the person signed in again', async () => {
    const seen: Record<string, string>[] = [];
    let token = 'old';
    guardRequestsWith({ csrfToken: () => token, signInAgain: () => { token = 'new'; return Promise.resolve(true); } });
    const deed = useDeed((headers) => {
      seen.push(headers);
      return Promise.resolve(answer(seen.length === 1 ? 401 : 200, 'saved'));
    });
    expect(await deed.run()).toBe('saved');
    expect(seen.map((headers) => headers['X-CSRF-Token'])).toEqual(['old', 'new']);
    expect(seen[1]!['Idempotency-Key']).toBe(seen[0]!['Idempotency-Key']);
  });
});

describe('a question', () => {
  it('drops the answer that comes late', async () => {
    const waiting: ((value: Answer<string>) => void)[] = [];
    const question = useQuestion((_city: string) => new Promise<Answer<string>>((resolve) => waiting.push(resolve)));
    const slow = question.run('长沙市');
    const quick = question.run('株洲市');
    waiting[1]!(answer(200, '株洲市'));
    expect(await quick).toBe('株洲市');
    waiting[0]!(answer(200, '长沙市'));
    expect(await slow).toBeUndefined();
    expect(question.value.value).toBe('株洲市');
  });

  it('forgotten, leaves nothing behind, not even the answer that was under way', async () => {
    const waiting: ((value: Answer<string>) => void)[] = [];
    const question = useQuestion((_table: string) => new Promise<Answer<string>>((resolve) => waiting.push(resolve)));
    const shares = question.run('四月');
    question.forget();
    waiting[0]!(answer(200, '四月'));
    expect(await shares).toBeUndefined();
    expect([question.value.value, question.busy.value]).toEqual([undefined, false]);
  });

  it('carries neither token nor key', async () => {
    const call = vi.fn((_headers: Record<string, string>) => Promise.resolve(answer(200, 1)));
    await send(call);
    expect(call).toHaveBeenCalledWith({});
  });
});

describe('a refusal', () => {
  it('is said in the language of the page, with every place', () => {
    const refusal = refusalOf(400, {
      code: 'calendar.year_missing', params: { year: 2031 }, requestId: 'r1',
      errors: [{ path: 'statistics:r1.c3', code: 'no.such_rule', params: {} }],
    }, '');
    expect(refusal.sentence).toContain('2031');
    expect(refusal.errors[0]).toMatchObject({ path: 'statistics:r1.c3', sentence: '操作未被接受（no.such_rule）。' });
  });

  // anchor-failures 23
  it('never shows the text of a broken server, only its number', () => {
    const refusal = refusalOf(502, '<html>Traceback at line 12</html>', 'req-9');
    expect(refusal.sentence).toBe('服务器出错，请稍后重试；联系管理员时请提供编号 req-9。');
    expect(refusal.errors).toEqual([]);
  });
});

describe('the client', () => {
  it('asks our own server and reads the problem document', async () => {
    vi.stubGlobal('fetch', (request: Request) => {
      expect(new URL(request.url).pathname).toBe('/api/v1/session');
      const body = JSON.stringify({ status: 401, code: 'x.y', params: {}, errors: [], requestId: 'r7' });
      return Promise.resolve(new Response(body, { status: 401, headers: { 'Content-Type': 'application/problem+json' } }));
    });
    const outcome = await send(() => api.GET('/api/v1/session', { baseUrl: 'http://127.0.0.1:8080' }));
    vi.unstubAllGlobals();
    expect(outcome).toMatchObject({ ok: false, refusal: { status: 401, code: 'x.y', requestId: 'r7' } });
  });

  it('never repeats a key', () => {
    expect(new Set(Array.from({ length: 500 }, newDeedKey)).size).toBe(500);
  });
});
