import { nextTick, shallowRef } from 'vue';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Contributor, Totals } from './model';

const readTotals = vi.hoisted(() => vi.fn());
vi.mock('./api', () => ({ readTotals }));
const { useNames } = await import('./use-names');

const unit = (organizationId: string, counted: boolean, reading = counted ? 'accepted' : 'overdue') => ({ organizationId, counted, reading }) as Contributor;
const table = (contributors: Contributor[]) => ({ campaignId: 'c', duty: 'd', part: 'p', slot: 's', nodeId: 'n', contributors }) as Totals;
const answers = (contributors: Contributor[]) => readTotals.mockResolvedValueOnce({ data: table(contributors), response: new Response('{}', { status: 200 }) });
const ids = (units: readonly Contributor[]) => units.map((one) => one.organizationId);

beforeEach(() => readTotals.mockReset());

it('the first page fills the lists: who said there is nothing is not missing, and who owes nothing is in none', () => {
  const names = useNames(shallowRef(table([unit('a', false), unit('b', true), unit('c', false, 'excused'), { ...unit('n', false, 'accepted'), nil: true }])));
  const { missing, nil, counted } = names.listed.value;
  expect([ids(missing), ids(nil), ids(counted)]).toEqual([['a'], ['n'], ['b']]);
});

it('more goes on behind the last one of that list, under its filter', async () => {
  const names = useNames(shallowRef(table([unit('a', false), unit('b', false)])));
  answers([unit('e', false)]);
  await names.more('missing');
  answers([unit('x', true)]);
  await names.more('counted');
  expect(readTotals.mock.calls.map(([, query]) => [query.show, query.after, query.node])).toEqual([['missing', 'b', 'n'], ['counted', undefined, 'n']]);
  expect([ids(names.listed.value.missing), ids(names.listed.value.counted)]).toEqual([['a', 'b', 'e'], ['x']]);
});

it('a late page of another table is dropped', async () => {
  const shown = shallowRef<Totals | undefined>(table([unit('a', false)]));
  const names = useNames(shown);
  answers([unit('late', false)]);
  const asked = names.more('missing');
  shown.value = table([unit('z', false)]);
  await nextTick();
  await asked;
  expect(ids(names.listed.value.missing)).toEqual(['z']);
});
