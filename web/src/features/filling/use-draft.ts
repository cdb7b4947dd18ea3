// The autosaved draft: what was touched is sent a moment later, one save at a time. A lost answer is asked for again with the very
// same request; somebody else's save in between is told, never overwritten unseen.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { Refusal } from '@/request/refusal';
import { useDeed } from '@/request/use-request';
import { saveDraft } from './api';
import type { PartContent, Parts } from './model';

export type DraftState = 'clean' | 'unsaved' | 'saving' | 'saved' | 'unreachable' | 'conflict' | 'refused';

const pause = 1_200;
const retryPause = 5_000;

export function useDraft(filingId: () => string, collect: (part: string) => PartContent, saved: (filingVersion: number) => void) {
  const state = ref<DraftState>('clean');
  const version = ref(0);
  const savedAt = ref('');
  const refusal = shallowRef<Refusal | null>(null);
  const deed = useDeed(saveDraft);
  const touched = new Set<string>();
  let sending: { version: number; parts: Parts } | null = null;
  let timer: number | undefined;
  let running: Promise<boolean> | null = null;

  function begin(from: { version: number; savedAt?: string | null | undefined }): void {
    window.clearTimeout(timer);
    touched.clear();
    sending = null;
    version.value = from.version;
    savedAt.value = from.savedAt ?? '';
    state.value = from.version > 0 ? 'saved' : 'clean';
    refusal.value = null;
  }

  function touch(part: string): void {
    touched.add(part);
    if (state.value === 'conflict') return;
    state.value = 'unsaved';
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { void flush(); }, pause);
  }

  function settle(refused: Refusal): boolean {
    refusal.value = refused;
    if (refused.status === 0 || refused.status >= 500) {
      state.value = 'unreachable';
      timer = window.setTimeout(() => { void flush(); }, retryPause);
      return false;
    }
    for (const part of Object.keys(sending?.parts ?? {})) touched.add(part);
    sending = null;
    state.value = refused.status === 409 ? 'conflict' : 'refused';
    return false;
  }

  async function sendOnce(): Promise<boolean> {
    if (!sending) {
      const names = [...touched];
      touched.clear();
      sending = { version: version.value, parts: Object.fromEntries(names.map((name) => [name, collect(name)])) };
    }
    state.value = 'saving';
    const answer = await deed.run(filingId(), sending.version, sending.parts);
    if (!answer) return deed.refusal.value ? settle(deed.refusal.value) : false;
    sending = null;
    refusal.value = null;
    version.value = answer.version;
    savedAt.value = answer.savedAt;
    saved(answer.filingVersion);
    return true;
  }

  async function sendAll(): Promise<boolean> {
    while (touched.size > 0 || sending) if (!(await sendOnce())) return false;
    state.value = version.value > 0 ? 'saved' : 'clean';
    return true;
  }

  // Saves what is still open; false when it could not be.
  function flush(): Promise<boolean> {
    window.clearTimeout(timer);
    if (state.value === 'conflict') return Promise.resolve(false);
    running ??= sendAll().finally(() => { running = null; });
    return running;
  }

  // After a conflict: the person decided that what stands on this page is the draft.
  async function overwrite(present: number): Promise<boolean> {
    version.value = present;
    state.value = 'unsaved';
    return flush();
  }

  const isOpen = computed(() => ['unsaved', 'saving', 'unreachable', 'conflict', 'refused'].includes(state.value));
  function onLeave(event: BeforeUnloadEvent): void {
    if (!isOpen.value) return;
    void flush();
    event.preventDefault();
  }
  onMounted(() => window.addEventListener('beforeunload', onLeave));
  onBeforeUnmount(() => { window.removeEventListener('beforeunload', onLeave); window.clearTimeout(timer); });

  return { state, version, savedAt, refusal, isOpen, begin, touch, flush, overwrite };
}
