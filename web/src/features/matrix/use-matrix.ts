// What the matrix page shows: the duties to choose from, one duty's matrix page after page, the window chosen, quotas of its month.
import { computed, ref, shallowRef, watch } from 'vue';
import { session } from '@/session/session';
import { campaign } from '@/shell/campaign';
import { useQuestion } from '@/request/use-request';
import { readCampaign, readMatrix, readQuotas } from './api';
import { dutyChoices, type Matrix, type Row } from './model';

const pageSize = 50;

export function useMatrix(asked: { duty?: string | undefined }) {
  const duty = ref(asked.duty ?? '');
  const receiver = ref('');  // '' unless there are several to choose from
  const rows = shallowRef<Row[]>([]);
  const whole = useQuestion(readCampaign);
  const matrix = useQuestion(readMatrix);
  const quotas = useQuestion(readQuotas);

  const duties = computed(() => (whole.value.value && session.value ? dutyChoices(whole.value.value, session.value.post.organization.id, session.value.businessTime.slice(0, 10)) : []));
  const receivers = computed(() => duties.value.find((one) => one.duty === duty.value)?.receivers ?? []);
  const chosenDuty = computed(() => whole.value.value?.duties.find((one) => one.duty === duty.value) ?? null);
  const slot = computed(() => matrix.value.value?.missingSlot ?? '');
  const window = computed(() => matrix.value.value?.windows.find((one) => one.slot === slot.value) ?? null);
  const quotaPart = computed(() => chosenDuty.value?.definition.parts.find((part) => part.quota) ?? null);
  const meters = computed(() => new Map((quotaPart.value ? quotas.value.value?.meters ?? [] : []).map((meter) => [meter.organizationId, meter])));

  async function load(chosenSlot?: string): Promise<void> {
    const id = campaign.value?.id;
    if (!id || !duty.value) return;
    const answer = await matrix.run(id, { duty: duty.value, limit: pageSize, ...(chosenSlot ? { slot: chosenSlot } : {}), ...(receiver.value ? { receiver: receiver.value } : {}) });
    if (!answer) return;
    rows.value = answer.rows;
    await loadQuotas(answer);
  }

  async function loadQuotas(answer: Matrix): Promise<void> {
    const shown = answer.windows.find((one) => one.slot === answer.missingSlot);
    if (quotaPart.value && shown) await quotas.run(answer.campaignId, { duty: answer.duty, month: shown.windowTo.slice(0, 7) });
  }

  async function loadMore(): Promise<void> {
    const known = matrix.value.value;
    if (!known || known.next === null || known.next === undefined) return;
    const answer = await matrix.run(known.campaignId, { duty: known.duty, limit: pageSize, after: known.next, slot: known.missingSlot, receiver: known.receiverId });
    if (answer) rows.value = [...rows.value, ...answer.rows];
  }

  watch(campaign, async (now) => {
    rows.value = [];
    if (!now) return;
    const answer = await whole.run(now.id);
    if (answer && !duties.value.some((one) => one.duty === duty.value)) duty.value = duties.value[0]?.duty ?? '';
    else if (answer) restart();
  }, { immediate: true });

  function restart(): void {
    if (!receivers.value.some((one) => one.id === receiver.value)) receiver.value = receivers.value[0]?.id ?? '';
    rows.value = [];
    matrix.forget();
    quotas.forget();
    void load();
  }
  watch(duty, restart);

  return { duty, duties, receiver, receivers, restart, chosenDuty, matrix, rows, slot, window, quotaPart, meters, quotas, load, loadMore, whole };
}
