// `anban serve` for a test: on a free port of loopback, in a process group of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { build, freePort, signalGroup, until } from './folder.ts';

export interface ServeOptions {
  data: string;
  database?: string;               // PostgreSQL's address; SQLite in the data folder when absent
  businessTime?: string;           // 2023-05-25T09:00
  durable?: boolean;               // true unless said otherwise
  flags?: string[];
  environment?: Record<string, string>;
}

export interface Server {
  child: ChildProcess;
  url: string;
  log: string;                     // file with everything the program said
  readySeconds: number;
  stop(): Promise<number | null>;  // SIGTERM; the exit code
  kill(): Promise<void>;           // SIGKILL to the whole group
}

export async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

export async function serve(options: ServeOptions): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = ['serve', '--data', options.data, '--listen', `127.0.0.1:${port}`];
  if (options.database) words.push('--database', options.database);
  if (options.businessTime) words.push('--business-time', options.businessTime);
  if (options.durable === false) words.push('--not-durable');
  const started = Date.now();
  const child = spawn(join(build, 'anban'), [...words, ...(options.flags ?? [])], {
    detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.environment },
  });
  const log = `${options.data.replace(/\/$/, '')}.log`;
  const file = createWriteStream(log, { flags: 'a' });
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`anban serve ended with ${child.exitCode}; see ${log}`);
    return ready(`${url}/readyz`);
  }, 60, () => `anban serve is not ready; see ${log}`);
  return {
    child, url, log,
    readySeconds: (Date.now() - started) / 1000,
    stop: async () => {
      await signalGroup(child, 'SIGTERM');
      return child.exitCode;
    },
    kill: () => signalGroup(child, 'SIGKILL'),
  };
}
