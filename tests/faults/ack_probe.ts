// The acknowledgement probe: N writers send writes with idempotency keys until the program is cut off at a random moment; then
// it is started again on what is left. Required (threats A1, A2): every acknowledged write is there exactly once; those whose
// answer never came, sent again with the same key, are there exactly once.
//
// It knows nothing of the program but a Subject, so that it can be tried on toys that keep their promise and toys that do not.
import type { ChildProcess } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, finish, newFolder, removeFolder, signalGroup, until } from '../harness/folder.ts';

export interface Running {
  child: ChildProcess;                      // spawned detached
  write(key: string): Promise<boolean>;     // one write under this key; true: acknowledged; throws when no answer came
  present(): Promise<Map<string, number>>;  // how often the write of each key is there
  alsoDies?(): Promise<void>;               // what is cut off at the same moment: the database's processes
}

export interface Subject {
  // Starts on the folder with these variables added to the environment; resolves when it takes writes.
  start(folder: string, environment: Record<string, string>): Promise<Running>;
}

export type Cut =
  | 'kill'   // SIGKILL of the process group: what the program wrote is kept by the system
  | 'power'  // the same, and of the folder only what was synced is kept, with some of the rest by chance
  | 'lie'    // the same, and the sync call does nothing: the probe must find a loss
  | 'term';  // SIGTERM: begun requests are answered, exit 0 (threats A17)

export interface Report {
  acknowledged: number;
  lost: string[];           // acknowledged, not there after the start
  doubled: string[];        // there more than once, ever
  resent: number;           // unanswered, sent again
  stillMissing: string[];   // of these, not there after that
  brokenAnswers: number;    // requests that had reached the program and got no whole answer
  exitCodes: (number | null)[];
  readySeconds: number[];
  worked: boolean;          // false: it could not be started on what was left
  why: string;              // then what it said
}

export interface Plan {
  cut: Cut;
  rounds: number;
  writers?: number;
  seed?: number;
  enough?: number;          // acknowledged writes before a round may be cut
  folder?: string;          // begin on a copy-able folder of the caller's; it is used up
  after?(folder: string): Promise<void>;  // a last look at what is left, nothing running on it
}

// A small generator with a seed, so that a failing run can be had again.
function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function environmentOf(cut: Cut, live: string, shadow: string): Record<string, string> {
  if (cut !== 'power' && cut !== 'lie') return {};
  return { LD_PRELOAD: join(build, 'libplugpull.so'), PLUG_DIR: live, PLUG_SHADOW: shadow, PLUG_LIE: cut === 'lie' ? '1' : '0' };
}

// Writers work side by side until the program is gone; each unanswered key is remembered.
async function write(running: Running, key: () => string, writers: number, acknowledged: Set<string>, unanswered: Set<string>, report: Report, cut: () => Promise<void>) {
  let over = false;
  const writer = async () => {
    while (!over) {
      const mine = key();
      unanswered.add(mine);
      try {
        if (await running.write(mine)) acknowledged.add(mine);
        unanswered.delete(mine);
      } catch (error) {
        const why = String((error as { cause?: { code?: string }; code?: string }).cause?.code ?? (error as { code?: string }).code);
        if (why === 'ECONNREFUSED') unanswered.delete(mine);
        else report.brokenAnswers++;
        await sleep(5);
      }
    }
  };
  const all = Array.from({ length: writers }, writer);
  await cut();
  over = true;
  await Promise.all(all);
}

// As a client does: a few more tries with the same key.
async function sendAgain(running: Running, key: string, tries = 5): Promise<boolean> {
  try {
    return await running.write(key);
  } catch (error) {
    if (tries === 1) throw error;
    return sendAgain(running, key, tries - 1);
  }
}

export async function probe(subject: Subject, plan: Plan): Promise<Report> {
  const { cut, rounds, writers = 8, seed = 1, enough = 50 } = plan;
  const random = chance(seed);
  const work = newFolder('probe');
  const live = plan.folder ?? newFolder('probe-live');
  const acknowledged = new Set<string>(), unanswered = new Set<string>();
  const report: Report = { acknowledged: 0, lost: [], doubled: [], resent: 0, stillMissing: [], brokenAnswers: 0, exitCodes: [], readySeconds: [], worked: true, why: '' };
  let count = 0;
  const key = () => `probe-${seed}-${++count}`;

  const start = async (round: number) => {
    const began = Date.now();
    const running = await subject.start(live, environmentOf(cut, live, join(work, `shadow${round}`)));
    report.readySeconds.push((Date.now() - began) / 1000);
    return running;
  };
  const compare = async (running: Running) => {
    const there = await running.present();
    const lost = [...acknowledged].filter((one) => !there.has(one));
    report.lost.push(...lost);
    lost.forEach((one) => acknowledged.delete(one)); // told once
    for (const one of unanswered) {
      report.resent++;
      if (await sendAgain(running, one)) acknowledged.add(one);
    }
    const after = await running.present();
    report.stillMissing.push(...[...unanswered].filter((one) => !after.has(one)));
    report.doubled = [...after].filter(([, times]) => times > 1).map(([one]) => one);
    unanswered.clear();
  };
  const pullPlug = async (round: number) => {
    if (cut !== 'power' && cut !== 'lie') return;
    const image = join(work, `image${round}`);
    await finish(join(build, 'plugmix'), [live, join(work, `shadow${round}`), image, String(seed * 1000 + round)]);
    removeFolder(live);
    renameSync(image, live);
  };

  let running: Running | undefined;
  try {
    running = await start(0);
    for (let round = 0; round < rounds; round++) {
      const { child } = running, also = running.alsoDies?.bind(running), before = acknowledged.size;
      await write(running, key, writers, acknowledged, unanswered, report, async () => {
        await until(async () => acknowledged.size >= before + enough || child.exitCode !== null, 120, () => 'no write is acknowledged');
        await sleep(random() * 200);
        report.acknowledged += acknowledged.size - before;
        await Promise.all([also?.(), signalGroup(child, cut === 'term' ? 'SIGTERM' : 'SIGKILL')]);
        report.exitCodes.push(child.exitCode);
      });
      await pullPlug(round);
      running = await start(round + 1);
      await compare(running);
    }
    await signalGroup(running.child, 'SIGTERM');
    await plan.after?.(live);
  } catch (error) {
    if (cut !== 'lie') throw error;
    report.worked = false; // a lying disk may leave nothing to start on: found, too
    report.why = String(error);
  } finally {
    if (running) await signalGroup(running.child, 'SIGKILL');
    removeFolder(work);
    if (existsSync(live)) removeFolder(live);
  }
  return report;
}
