// A PostgreSQL cluster of the test's own, reached by a Unix socket only, durable as in production. Runs as user postgres when
// the test is root, because PostgreSQL refuses root.
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, newFolder, removeFolder, until } from './folder.ts';

const bin = ['/usr/lib/postgresql/15/bin', '/usr/local/bin', '/usr/bin'].find((path) => existsSync(join(path, 'initdb'))) ?? '';

export interface Durability { fsync: string; synchronous_commit: string; full_page_writes: string }

export interface Cluster {
  url(database: string): string;
  sql(text: string, database?: string): Promise<string>;  // rows as lines, columns parted by |
  durability(): Promise<Durability>;                      // what the running server says, not what we asked for
  killAll(): Promise<void>;                               // kill -9 of every process at once
  start(): Promise<void>;
  save(copy: string): Promise<void>;                      // stops, copies the files, starts again; startCluster({ from: copy })
  stop(): Promise<void>;                                  // and remove everything
}

const asPostgres = (program: string, words: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...words]] : [program, words];

// Processes of the cluster: the postmaster and its children, newest last.
function processes(data: string): number[] {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return [];
  const first = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const parent = (pid: string) => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
    } catch {
      return -1;
    }
  };
  return existsSync(`/proc/${first}`) ? [first, ...readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parent(pid) === first).map(Number)] : [];
}

// settings: further lines of postgresql.conf. Faults want durable; others may say durable: false and be quicker.
// from: files saved of another cluster, to begin with its databases.
export async function startCluster({ durable = true, settings = [] as string[], from = '' } = {}): Promise<Cluster> {
  const folder = newFolder('pg');
  const data = join(folder, 'data');
  if (process.getuid?.() === 0) {
    const ids = (await finish('sh', ['-c', 'id -u postgres; id -g postgres'])).trim().split('\n').map(Number);
    chownSync(folder, ids[0] ?? 0, ids[1] ?? 0);
  }
  const run = (program: string, words: string[]) => finish(...asPostgres(join(bin, program), words), { cwd: folder });
  if (from) await finish('cp', ['-a', '--reflink=auto', from, data]);
  else await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])]);
  const options = [
    `-k ${folder}`, '-c listen_addresses=', ...(durable ? [] : ['-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off']),
    ...settings.map((setting) => `-c ${setting}`),
  ].join(' ');

  const cluster: Cluster = {
    url: (database) => `postgresql://postgres@/${database}?host=${encodeURIComponent(folder)}`,
    sql: async (text, database = 'postgres') =>
      (await finish('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', cluster.url(database), '-c', text])).trim(),
    durability: async () => {
      const [fsync = '', synchronous_commit = '', full_page_writes = ''] = (
        await cluster.sql(`select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')`)
      ).split('|');
      return { fsync, synchronous_commit, full_page_writes };
    },
    killAll: async () => {
      const all = processes(data);
      for (const pid of all) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch { /* gone with its parent */ }
      }
      // Until nobody holds a zombie either: PostgreSQL takes one for a running server.
      await until(async () => !all.some((pid) => existsSync(`/proc/${pid}`)), 30, () => 'PostgreSQL does not die');
    },
    start: async () => {
      await run('pg_ctl', ['start', '-w', '-t', '60', '-D', data, '-l', join(folder, 'log'), '-o', options]);
    },
    save: async (copy) => {
      await run('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', data]);
      await finish('cp', ['-a', '--reflink=auto', data, copy]);
      await cluster.start();
    },
    stop: async () => {
      await cluster.killAll();
      removeFolder(folder);
    },
  };
  await cluster.start();
  return cluster;
}
