import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { newFolder, removeFolder } from './folder.ts';
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

test('a cluster begins with what another one saved, and neither sees what the other does then', async (t) => {
  const folder = newFolder('saved');
  const first = await startCluster({ durable: false });
  t.after(async () => { await first.stop(); removeFolder(folder); });
  await first.sql('create table kept (n int); insert into kept values (1)');
  await first.save(join(folder, 'copy'));
  const second = await startCluster({ durable: false, from: join(folder, 'copy') });
  t.after(() => second.stop());
  await second.sql('insert into kept values (2)');
  assert.equal(await first.sql('select count(*) from kept'), '1');
  assert.equal(await second.sql('select count(*) from kept'), '2');
});
