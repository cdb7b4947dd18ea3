// What the server acknowledged over HTTP is there after the worst that can happen, on both engines.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { finish, newFolder } from '../harness/folder.ts';
import { probe, type Plan, type Report } from './ack_probe.ts';
import { openOffice, RealServer, type Office } from './real_server.ts';

let office: Office;

// Everything that the promise is made of; anything broken fails by name.
function unharmed(report: Report, server: RealServer): void {
  const { lost, doubled, stillMissing } = report;
  assert.deepEqual({ lost, doubled, stillMissing, refused: server.refused, damaged: server.damaged }, { lost: [], doubled: [], stillMissing: [], refused: [], damaged: [] });
}

async function cutOff(plan: Plan): Promise<{ report: Report; server: RealServer }> {
  const folder = join(newFolder('probe-real'), 'data');
  await finish('cp', ['-a', '--reflink=auto', office.folder, folder]);
  const server = new RealServer(office);
  const report = await probe(server, { ...plan, folder, after: async (left) => { await server.verify(left); } });
  console.log(`${plan.cut}: ${report.acknowledged} acknowledged, ${report.resent} sent again, ${report.lost.length} lost, ready after ${Math.max(...report.readySeconds).toFixed(1)} s at most`);
  return { report, server };
}

describe('on SQLite', () => {
  before(async () => { office = await openOffice('sqlite'); });
  after(() => office.close());

  test('filings, items and papers that were acknowledged are there once after the plug is pulled', async () => { // threats A2, A3
    const { report, server } = await cutOff({ cut: 'power', rounds: 3, seed: 11, enough: 40 });
    unharmed(report, server);
    assert.ok(report.acknowledged >= 120, JSON.stringify(report));
  });

  test('the loss is found when the sync call lies', async () => {
    const { report, server } = await cutOff({ cut: 'lie', rounds: 2, seed: 11, enough: 40 });
    if (!report.worked) console.log(report.why);
    assert.ok(report.lost.length > 0 || server.damaged.length > 0 || /verify|serve/.test(report.why), JSON.stringify(report));
  });

  test('filings, items and papers that were acknowledged are there once after the program is killed', async () => { // threats A1
    const { report, server } = await cutOff({ cut: 'kill', rounds: 8, seed: 12, enough: 20 });
    unharmed(report, server);
    assert.ok(report.acknowledged >= 160, JSON.stringify(report));
  });

  test('a request that has begun is answered although the program is told to end', async () => { // threats A17
    const { report, server } = await cutOff({ cut: 'term', rounds: 3, seed: 13, enough: 40 });
    unharmed(report, server);
    assert.deepEqual([report.brokenAnswers, report.exitCodes], [0, [0, 0, 0]]);
  });
});

describe('on PostgreSQL', () => {
  before(async () => { office = await openOffice('postgresql'); });
  after(() => office.close());

  test('filings, items and papers that were acknowledged are there once after cluster and program are killed and the plug is pulled', async () => { // threats A1, A2
    const { cluster } = office;
    assert.deepEqual(await cluster?.durability(), { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
    const { report, server } = await cutOff({ cut: 'power', rounds: 2, seed: 14, enough: 30 });
    unharmed(report, server);
    assert.ok(report.acknowledged >= 60, JSON.stringify(report));
    assert.deepEqual(await cluster?.durability(), { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
  });
});
