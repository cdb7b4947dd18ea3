// The probe is tried on toys before it is believed about the product (threats A1, A2).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort, tree, until } from '../harness/folder.ts';
import { ready } from '../harness/server.ts';
import { probe, type Subject } from './ack_probe.ts';

const toy = (way: string): Subject => ({
  start: async (folder, environment) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const words = ['--no-warnings', join(tree, 'tests/faults/toy_server.ts'), folder, String(port), way];
    const child = spawn(process.execPath, words, { detached: true, stdio: 'inherit', env: { ...process.env, ...environment } });
    await until(() => ready(url), 20, () => 'the toy does not start');
    return {
      child,
      write: async (key) => (await fetch(url, { method: 'POST', headers: { 'Idempotency-Key': key, Connection: 'close' } })).ok,
      present: async () => {
        const counts = new Map<string, number>();
        for (const key of (await (await fetch(url)).json()) as string[]) counts.set(key, (counts.get(key) ?? 0) + 1);
        return counts;
      },
    };
  },
});

const harmed = (report: Awaited<ReturnType<typeof probe>>) => report.lost.length + report.stillMissing.length + report.doubled.length;

test('a server that syncs before it answers loses nothing when the plug is pulled', async () => {
  const report = await probe(toy('honest'), { cut: 'power', rounds: 4, seed: 7 });
  assert.equal(harmed(report), 0, JSON.stringify(report));
  assert.ok(report.acknowledged >= 200);
});

test('the probe finds the loss of a server that answers before it syncs', async () => {
  const report = await probe(toy('early'), { cut: 'power', rounds: 4, seed: 7 });
  assert.ok(report.lost.length > 0, JSON.stringify(report));
});

test('the probe finds the loss when the sync call lies', async () => {
  const report = await probe(toy('honest'), { cut: 'lie', rounds: 4, seed: 7 });
  assert.ok(report.lost.length > 0 || !report.worked, JSON.stringify(report));
});

test('a killed process alone does not show that nobody synced: that is why the plug is pulled', async () => {
  const report = await probe(toy('early'), { cut: 'kill', rounds: 3, seed: 7 });
  assert.equal(report.lost.length, 0, JSON.stringify(report));
});

test('the probe finds the double when a key sent again is taken as a new write', async () => {
  const report = await probe(toy('double'), { cut: 'kill', rounds: 2, seed: 7 });
  assert.ok(report.doubled.length > 0, JSON.stringify(report));
});
