// Which campaign the person is working on; remembered in this browser, checked against what the session offers.
import { computed, ref } from 'vue';
import { session } from '@/session/session';

const remembered = 'anban.campaign';
const chosen = ref(localStorage.getItem(remembered) ?? '');

export const campaign = computed(() => {
  const offered = session.value?.campaigns ?? [];
  return offered.find((one) => one.id === chosen.value) ?? offered[0] ?? null;
});

export function chooseCampaign(id: string): void {
  chosen.value = id;
  localStorage.setItem(remembered, id);
}
