// What attachments are called, asked once each and remembered while the page is open.
import { shallowRef } from 'vue';
import { api, send } from '@/request/send';
import type { Attachment } from './upload';

const known = shallowRef(new Map<string, Attachment>());
const asked = new Set<string>();

export function rememberAttachment(one: Attachment): void { known.value = new Map(known.value).set(one.id, one); }

export function useAttachments() {
  function want(ids: readonly string[]): void {
    for (const id of ids) {
      if (asked.has(id) || known.value.has(id)) continue;
      asked.add(id);
      void send(() => api.GET('/api/v1/attachments/{id}', { params: { path: { id } } })).then((outcome) => {
        if (outcome.ok) rememberAttachment(outcome.value);
        else asked.delete(id);
      });
    }
  }
  return { known, want };
}
