// One notice on the desk: what the office changes is saved a moment later, whole, under the version it was read with. One save at a
// time; a lost answer is asked for again with the very same request; somebody else's save in between is told, never overwritten unseen.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { DraftState } from '@/features/filling/use-draft';
import { businessInstant } from '@/features/shared/now';
import type { Refusal } from '@/request/refusal';
import { useDeed, useQuestion } from '@/request/use-request';
import { readNotice, saveNotice } from './api';
import { editableOf, noticeOf } from './duties';
import type { Editable, NoticeDraft } from './types';

const pause = 800;
const retryPause = 5_000;

export function useNotice(id: () => string) {
  const asked = useQuestion(readNotice);
  const deed = useDeed(saveNotice);
  const notice = shallowRef<NoticeDraft>();    // as the server said it last: version, units, state
  const held = shallowRef<Editable>();         // as this page has it
  const state = ref<DraftState>('clean');
  const savedAt = ref('');
  const refusal = shallowRef<Refusal | null>(null);
  const readings = ref(0);                     // how often it was read anew: what points at places in it is void then
  let touched = false;
  let sending: { version: number; held: Editable } | null = null;
  let timer: number | undefined;
  let running: Promise<boolean> | null = null;
  // An open form takes part in saving: it hands over what it holds, or shows what is wrong in it.
  const openForm = shallowRef<{ commit(): boolean; changed(): boolean; close(): void } | null>(null);

  const editable = computed(() => notice.value?.state === 'draft');

  function begin(read: NoticeDraft): void {
    window.clearTimeout(timer);
    touched = false;
    sending = null;
    notice.value = noticeOf(read);
    held.value = editableOf(notice.value);
    state.value = 'clean';
    savedAt.value = '';
    refusal.value = null;
    readings.value++;
  }

  async function load(): Promise<void> {
    const read = await asked.run(id());
    if (read) begin(read);
  }

  function change(part: Partial<Editable>): void {
    if (!held.value || !editable.value) return;
    held.value = { ...held.value, ...part };
    touched = true;
    if (state.value === 'conflict') return;
    state.value = 'unsaved';
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { void send(); }, pause);
  }

  function settle(refused: Refusal): void {
    refusal.value = refused;
    if (refused.status === 0 || refused.status >= 500) {
      state.value = 'unreachable';
      timer = window.setTimeout(() => { void send(); }, retryPause);
      return;
    }
    sending = null;
    touched = true;
    state.value = refused.status === 409 ? 'conflict' : 'refused';
  }

  async function sendAll(): Promise<boolean> {
    while ((touched || sending) && held.value && notice.value) {
      sending ??= { version: notice.value.version, held: held.value };
      touched = touched && sending.held !== held.value;
      state.value = 'saving';
      const answer = await deed.run(notice.value.id, sending.version, sending.held);
      if (!answer) {
        if (deed.refusal.value) settle(deed.refusal.value);
        return false;
      }
      sending = null;
      notice.value = noticeOf(answer);
      refusal.value = null;
      savedAt.value = businessInstant();
    }
    state.value = savedAt.value ? 'saved' : 'clean';
    return true;
  }

  function send(): Promise<boolean> {
    window.clearTimeout(timer);
    if (state.value === 'conflict') return Promise.resolve(false);
    running ??= sendAll().finally(() => { running = null; });
    return running;
  }

  // Takes over what was changed in an open form; false while that is not right.
  const takeForm = (): boolean => !openForm.value?.changed() || openForm.value.commit();

  // Saves what is still open; false when it could not be.
  const flush = (): Promise<boolean> => (takeForm() ? send() : Promise.resolve(false));

  // After a conflict: the person decided that what stands on this page is the notice.
  async function keepMine(): Promise<void> {
    const read = await asked.run(id());
    if (!read || !held.value) return;
    if (read.state === 'published') return begin(read);  // nothing of this page can be kept any more
    notice.value = noticeOf(read);
    touched = true;
    state.value = 'unsaved';
    await send();
  }

  // The notice is gone: nothing of it is to be saved any more.
  function forget(): void {
    window.clearTimeout(timer);
    touched = false;
    sending = null;
    state.value = 'clean';
    openForm.value = null;
  }

  const isOpen = computed(() => ['unsaved', 'saving', 'unreachable', 'conflict', 'refused'].includes(state.value));
  function onLeave(event: BeforeUnloadEvent): void {
    if (!isOpen.value && !openForm.value?.changed()) return;
    void send();
    event.preventDefault();
  }
  onMounted(() => window.addEventListener('beforeunload', onLeave));
  onBeforeUnmount(() => { window.removeEventListener('beforeunload', onLeave); window.clearTimeout(timer); });

  return { asked, notice, held, readings, state, savedAt, refusal, editable, isOpen, openForm, load, change, takeForm, flush, keepMine, forget };
}

export type NoticeDesk = ReturnType<typeof useNotice>;
