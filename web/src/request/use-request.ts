// Requests as state of a component: `busy` disables the button, `refusal` holds the sentence to show.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { newDeedKey, send, type Answer, type Headers, type Refusal } from './send';

export interface Request<A extends unknown[], T> {
  busy: Ref<boolean>;
  refusal: ShallowRef<Refusal | null>;
  value: ShallowRef<T | undefined>;
  // The value, or undefined when refused, overtaken (a question) or already under way (a deed).
  run(...asked: A): Promise<T | undefined>;
}

// forget: nothing is asked any more; what was answered is taken away and an answer under way will be dropped.
export interface Question<A extends unknown[], T> extends Request<A, T> { forget(): void }

// A question: the last one asked wins, an answer that comes late is dropped.
export function useQuestion<A extends unknown[], T>(ask: (...asked: A) => Promise<Answer<T>>): Question<A, T> {
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  const value = shallowRef<T>();
  let latest = 0;
  async function run(...asked: A): Promise<T | undefined> {
    const mine = ++latest;
    busy.value = true;
    const outcome = await send(() => ask(...asked));
    if (mine !== latest) return undefined;
    busy.value = false;
    refusal.value = outcome.ok ? null : outcome.refusal;
    if (!outcome.ok) return undefined;
    value.value = outcome.value;
    return outcome.value;
  }
  function forget(): void {
    latest++;
    busy.value = false;
    refusal.value = null;
    value.value = undefined;
  }
  return { busy, refusal, value, run, forget };
}

// A deed: one at a time. The same deed tried again after a lost answer keeps its key, so the server does it once;
// a definite answer, or other content, ends the key's life.
export function useDeed<A extends unknown[], T>(act: (headers: Headers, ...asked: A) => Promise<Answer<T>>): Request<A, T> {
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  const value = shallowRef<T>();
  let open: { content: string; key: string } | null = null;

  function keyFor(asked: A): string {
    const content = JSON.stringify(asked);
    if (open?.content !== content) open = { content, key: newDeedKey() };
    return open.key;
  }

  async function run(...asked: A): Promise<T | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    try {
      const outcome = await send((headers) => act(headers, ...asked), keyFor(asked));
      const uncertain = !outcome.ok && (outcome.refusal.status === 0 || outcome.refusal.status >= 500);
      if (!uncertain) open = null;
      refusal.value = outcome.ok ? null : outcome.refusal;
      if (!outcome.ok) return undefined;
      value.value = outcome.value;
      return outcome.value;
    } finally {
      busy.value = false;
    }
  }
  return { busy, refusal, value, run };
}
