// Who is signed in. One session for the page; lost in the middle of work, it is asked for over the page, not instead of it.
import { computed, ref, shallowRef } from 'vue';
import { api, guardRequestsWith, newDeedKey, sendOnce, type Outcome } from '@/request/send';
import type { Answered, Sent } from '@/request/types';

export type Session = Answered<'/api/v1/session'>;
export type SignIn = Sent<'/api/v1/session'>;

export const session = shallowRef<Session | null>(null);
export const signedIn = computed(() => session.value !== null);

// True while the page waits for the person to sign in again.
export const lapsed = ref(false);
let loaded = false;
let waiting: ((again: boolean) => void)[] = [];

guardRequestsWith({
  csrfToken: () => session.value?.csrfToken ?? '',
  signInAgain: () => {
    if (!session.value) return Promise.resolve(false);
    lapsed.value = true;
    return new Promise((resolve) => waiting.push(resolve));
  },
});

function settle(again: boolean): void {
  lapsed.value = false;
  const asked = waiting;
  waiting = [];
  for (const resolve of asked) resolve(again);
}

// Once per page load; afterwards the page knows. An unreachable server is asked again at the next step.
export async function loadSession(): Promise<Session | null> {
  if (loaded) return session.value;
  const outcome = await sendOnce(() => api.GET('/api/v1/session'));
  if (outcome.ok) session.value = outcome.value;
  loaded = outcome.ok || outcome.refusal.status === 401;
  return session.value;
}

// What waits on the page belongs to the person who wrote it: it goes on only when the same person signs in again.
export async function signIn(asked: SignIn): Promise<Outcome<Session>> {
  const before = session.value;
  const outcome = await sendOnce((headers) => api.POST('/api/v1/session', { body: asked, headers }), newDeedKey());
  if (!outcome.ok) return outcome;
  session.value = outcome.value;
  loaded = true;
  settle(before !== null && before.person.id === outcome.value.person.id);
  return outcome;
}

// Asks again who is signed in: after the password or the post changed.
export function reloadSession(): Promise<Session | null> {
  loaded = false;
  return loadSession();
}

// Another post of the same person: other rights, other scope. The page begins anew, nothing of the old scope stays on it.
export async function switchPost(post: string): Promise<Outcome<Session>> {
  return sendOnce((headers) => api.POST('/api/v1/session/post', { body: { post }, headers }), newDeedKey());
}

export async function signOut(): Promise<void> {
  await sendOnce((headers) => api.DELETE('/api/v1/session', { headers }), newDeedKey());
  forgetSession();
}

export function forgetSession(): void {
  session.value = null;
  loaded = true;
  settle(false);
}
