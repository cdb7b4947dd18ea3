// One filing as it was handed in: the version shown, what differs from the one before, and the route that this office decides on.
import { computed, ref, watch } from 'vue';
import { useQuestion } from '@/request/use-request';
import { session } from '@/session/session';
import { readDifferences, readFiling, readSubmission } from './api';
import type { RouteLine, StoredContent } from './model';

export function useFiling(asked: () => { id: string; route?: string | undefined }) {
  const filing = useQuestion(readFiling);
  const submission = useQuestion(readSubmission);
  const differences = useQuestion(readDifferences);
  const number = ref(0);

  const opened = computed(() => filing.value.value);
  const mine = (route: RouteLine): boolean => route.receiverId === session.value?.post.organization.id;
  const route = computed(() => opened.value?.routes.find((one) => one.id === asked().route) ?? opened.value?.routes.find(mine) ?? opened.value?.routes[0]);
  const content = computed(() => submission.value.value?.content as unknown as StoredContent | undefined);
  const changes = computed(() => new Map((number.value > 1 ? differences.value.value?.parts ?? [] : []).map((part) => [part.part, part])));

  async function load(): Promise<void> {
    const answer = await filing.run(asked().id);
    if (answer) await show(answer.submissions[answer.submissions.length - 1]?.number ?? 0);
  }

  async function show(version: number): Promise<void> {
    number.value = version;
    differences.forget();
    if (version === 0) return submission.forget();
    await Promise.all([submission.run(asked().id, version), version > 1 ? differences.run(asked().id, version - 1, version) : undefined]);
  }

  // Nothing of the filing before may stand under the name of the next.
  watch(() => asked().id, () => { filing.forget(); submission.forget(); void load(); }, { immediate: true });
  return { filing, submission, opened, route, content, changes, number, load, show };
}
