import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCluster } from './postgres.ts';

test('a private cluster is durable, and what it committed is there after all its processes were killed', async (t) => {
  const cluster = await startCluster();
  t.after(() => cluster.stop());
  assert.deepEqual(await cluster.durability(), { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
  await cluster.sql('create table kept (n int); insert into kept select generate_series(1, 1000)');
  const open = cluster.sql('begin; insert into kept values (1001); select pg_sleep(30)').catch(() => 'cut off');
  await cluster.killAll();
  assert.equal(await open, 'cut off');
  await assert.rejects(cluster.sql('select 1'));
  await cluster.start();
  assert.equal(await cluster.sql('select count(*), max(n) from kept'), '1000|1000');
});
