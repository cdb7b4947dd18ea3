// The business clock as the page knows it: what the session said, carried on by the browser's own stopwatch. Only for showing what
// remains; the server alone judges what is on time.
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import { session } from '@/session/session';

const stopwatch = (): number => performance.now();
let said = { at: '', since: 0 };

watch(session, (now) => { said = { at: now?.businessTime ?? '', since: stopwatch() }; }, { immediate: true, flush: 'sync' });

// Milliseconds since 1970.
export function businessNow(): number {
  const from = Date.parse(said.at);
  return Number.isNaN(from) ? Date.now() : from + stopwatch() - said.since;
}

// The same as the API writes instants.
export const businessInstant = (): string => new Date(businessNow() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');

// Renewed twice a minute while the component is there.
export function useNow() {
  const now = ref(businessNow());
  let timer: number | undefined;
  onMounted(() => { timer = window.setInterval(() => { now.value = businessNow(); }, 30_000); });
  onBeforeUnmount(() => window.clearInterval(timer));
  return computed(() => now.value);
}
