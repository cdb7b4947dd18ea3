import { afterEach, describe, expect, it, vi } from 'vitest';
import { send, type Answer } from '@/request/send';
import { forgetSession, lapsed, session, signIn, type Session } from './session';

const sessionOf = (id: string, csrfToken: string): Session => ({
  person: { id, name: '株洲市住建局联络员', account: 'zz-zjj' },
  post: { id: 'a1', title: '联络员', role: 'liaison', organization: { id: 'o1', name: '株洲市住房和城乡建设局' } },
  posts: [], role: 'liaison', rights: [], csrfToken, mustChangePassword: false, businessTime: '2023-05-25T09:00:00.000+08:00',
  businessTimeMoved: false, demo: false, campaigns: [],
});

function serverSignsIn(id: string): void {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(sessionOf(id, 'new'))));
  vi.stubGlobal('Request', class { url = ''; constructor(url: string) { this.url = url; } });
}

const lapsedThenFine = () => {
  let asked = 0;
  return (): Promise<Answer<string>> =>
    Promise.resolve(asked++ === 0 ? { response: new Response(null, { status: 401 }) } : { data: 'saved', response: new Response() });
};

afterEach(() => { vi.unstubAllGlobals(); forgetSession(); });

describe('a session that lapses while the clerk is filling', () => {
  it('asks for sign-in over the page, and the waiting deed goes on', async () => {
    session.value = sessionOf('p1', 'old');
    serverSignsIn('p1');
    const deed = send(lapsedThenFine(), 'key');
    await vi.waitFor(() => expect(lapsed.value).toBe(true));
    await signIn({ account: 'zz-zjj', password: 'x' });
    expect(await deed).toEqual({ ok: true, value: 'saved' });
    expect(lapsed.value).toBe(false);
  });

  it('does not send the deed in the name of somebody else', async () => {
    session.value = sessionOf('p1', 'old');
    serverSignsIn('p2');
    const deed = send(lapsedThenFine(), 'key');
    await vi.waitFor(() => expect(lapsed.value).toBe(true));
    await signIn({ account: 'other', password: 'x' });
    expect(await deed).toMatchObject({ ok: false, refusal: { status: 401 } });
  });

  it('a wrong password leaves the deed waiting', async () => {
    session.value = sessionOf('p1', 'old');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 401 })));
    vi.stubGlobal('Request', class { url = ''; constructor(url: string) { this.url = url; } });
    const settled = vi.fn();
    void send(lapsedThenFine(), 'key').then(settled);
    await vi.waitFor(() => expect(lapsed.value).toBe(true));
    const outcome = await signIn({ account: 'zz-zjj', password: 'wrong' });
    expect(outcome.ok).toBe(false);
    expect(lapsed.value).toBe(true);
    expect(settled).not.toHaveBeenCalled();
  });
});
