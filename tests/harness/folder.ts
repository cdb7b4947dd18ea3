// Folders and processes of a test: made with it, gone with it.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const tree = resolve(import.meta.dirname, '../..');
export const build = process.env.ANBAN_BUILD ?? join(tree, 'build/release');

export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `anban-${name}-`));
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

// Runs a program to its end; throws with what it said when it fails.
export async function finish(program: string, words: string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece) => (said += piece)); // a character may come in two pieces
  const code = await new Promise((done, fail) => child.on('close', done).on('error', fail));
  if (code !== 0) throw new Error(`${program} ${words.join(' ')}: exit ${String(code)}\n${said}`);
  return said;
}

// Signals the child and everything it started (it must have been spawned detached), and waits until it is gone.
export async function signalGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once('exit', done));
  try {
    process.kill(-child.pid, signal);
  } catch {
    return; // it was quicker
  }
  await gone;
}

// Asks until the answer is yes; throws after the seconds, with what `why` says then.
export async function until(yes: () => Promise<boolean>, seconds: number, why: () => string): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await yes())) {
    if (Date.now() > end) throw new Error(why());
    await sleep(20);
  }
}
