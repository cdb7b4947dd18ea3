// Names of a node's reporters, page after page: the first page comes with the figures, the missing before the counted; what does not
// fit there is asked for on demand, by filter.
import { ref, watch, type Ref } from 'vue';
import { useQuestion } from '@/request/use-request';
import { readTotals } from './api';
import { countedOf, missingOf, nilOf, type Contributor, type Totals } from './model';

export type Kind = 'missing' | 'nil' | 'counted';

export function useNames(totals: Readonly<Ref<Totals | undefined>>) {
  const page = useQuestion(readTotals);
  const listed = ref<Record<Kind, Contributor[]>>({ missing: [], nil: [], counted: [] });

  watch(totals, (now) => {
    page.forget();
    listed.value = { missing: now ? missingOf(now) : [], nil: now ? nilOf(now) : [], counted: now ? countedOf(now) : [] };
  }, { immediate: true });

  // A late answer to an older table is dropped: its question was forgotten.
  async function more(kind: Kind): Promise<void> {
    const of = totals.value;
    if (!of || page.busy.value) return;
    const after = listed.value[kind].at(-1)?.organizationId;
    const answer = await page.run(of.campaignId, { duty: of.duty, part: of.part, slot: of.slot, node: of.nodeId, show: kind, ...(after ? { after } : {}) });
    if (answer) listed.value = { ...listed.value, [kind]: [...listed.value[kind], ...answer.contributors] };
  }

  return { listed, more, busy: page.busy, refusal: page.refusal };
}
