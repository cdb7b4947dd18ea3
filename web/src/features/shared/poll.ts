// Looks again now and then, so that a page left open is not stale: once a minute, while the tab is in sight and somebody has lately
// been at it. A page that asks on its own for hours would keep a session alive that nobody sits in front of.
import { onBeforeUnmount, onMounted } from 'vue';
import { sendOnce, type Answer } from '@/request/send';

export const pollEvery = 60_000;
export const atItFor = 10 * 60_000;

// Whether to ask now: when the tab is in sight and the last sign of life is not too old.
export const worthAsking = (hidden: boolean, now: number, lastSign: number): boolean => !hidden && now - lastSign < atItFor;

// Quietly: a look that fails says nothing, the next one may succeed. Coming back to the tab looks at once.
export function usePoll<T>(ask: () => Promise<Answer<T>>, take: (answer: T) => void): void {
  let lastSign = Date.now();
  let lastLook = Date.now();
  let timer = 0;
  const alive = (): void => { lastSign = Date.now(); };
  async function look(): Promise<void> {
    if (!worthAsking(document.hidden, Date.now(), lastSign)) return;
    lastLook = Date.now();
    const outcome = await sendOnce(ask);
    if (outcome.ok && timer !== 0) take(outcome.value);
  }
  function seen(): void {
    if (document.hidden) return;
    alive();
    if (Date.now() - lastLook >= pollEvery) void look();
  }
  onMounted(() => {
    timer = window.setInterval(() => void look(), pollEvery);
    document.addEventListener('visibilitychange', seen);
    for (const sign of ['pointerdown', 'keydown'] as const) window.addEventListener(sign, alive, { passive: true });
  });
  onBeforeUnmount(() => {
    window.clearInterval(timer);
    timer = 0;
    document.removeEventListener('visibilitychange', seen);
    for (const sign of ['pointerdown', 'keydown'] as const) window.removeEventListener(sign, alive);
  });
}
