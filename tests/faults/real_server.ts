// The real server as a subject of the probe: eight liaisons who upload papers, hand in items and filings over HTTP, each deed
// under an idempotency key of its own. One write of the probe is two or three deeds: a paper is uploaded, an item written, and
// what carries them is handed in; it counts as acknowledged when all are.
//
// Before each start the disk's remains are looked at by `anban verify`: journal chain, receipts, attachments, the file itself.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, finish, newFolder, removeFolder, tree } from '../harness/folder.ts';
import { startCluster, type Cluster } from '../harness/postgres.ts';
import { serve } from '../harness/server.ts';
import type { Running, Subject } from './ack_probe.ts';

const campaign = 'hunan-2023';
const pack = join(tree, 'packs/hunan-2023');
const businessTime = '2023-12-20T09:00'; // every week of the campaign may be handed in

interface Whole { status: number; body: any; bytes: Buffer }

// One liaison; the session is opened once and outlives every start.
export class Writer {
  readonly organization: string;
  readonly account: string;
  password = '';
  private cookie = '';
  private csrf = '';
  constructor(organization: string, account: string) {
    this.organization = organization;
    this.account = account;
  }

  async ask(url: string, method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Whole> {
    const headers: Record<string, string> = { Origin: url, Connection: 'close', Cookie: this.cookie, 'X-CSRF-Token': this.csrf, ...more };
    const raw = Buffer.isBuffer(body);
    if (body !== undefined) headers['Content-Type'] = raw ? 'application/octet-stream' : 'application/json';
    const sent = body === undefined ? {} : { body: raw ? new Uint8Array(body as Buffer) : JSON.stringify(body) };
    const answer = await fetch(url + path, { method, headers, ...sent });
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (set.length > 0) this.cookie = set.join('; ');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const json = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, body: json ? JSON.parse(bytes.toString('utf8')) : undefined, bytes };
  }

  async must(url: string, method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.ask(url, method, path, body);
    if (answer.status >= 300) throw new Error(`${this.account} ${method} ${path}: ${answer.status} ${answer.bytes.toString('utf8')}`);
    this.csrf = answer.body?.csrfToken ?? this.csrf;
    return answer.body;
  }

  async signInFirst(url: string): Promise<void> {
    await this.must(url, 'POST', '/api/v1/session', { account: this.account, password: this.password });
    const fresh = `${this.password}-mine`;
    await this.must(url, 'PUT', '/api/v1/session/password', { current: this.password, fresh });
    this.password = fresh;
    await this.must(url, 'POST', '/api/v1/session', { account: this.account, password: fresh });
  }
}

export interface Office {
  folder: string;          // the prepared data; probes take copies
  writers: Writer[];
  weeks: string[][];       // of each writer: filings that nobody has handed in
  cluster: Cluster | undefined;
  close(): Promise<void>;
}

const databaseOf = (cluster: Cluster | undefined) => (cluster ? ['--database', cluster.url('anban')] : []);

// The campaign's own pack, and one liaison in each of eight of its bureaus.
export async function openOffice(engine: 'sqlite' | 'postgresql', writers = 8): Promise<Office> {
  const folder = newFolder('real');
  const cluster = engine === 'postgresql' ? await startCluster() : undefined;
  const data = ['--data', folder, ...databaseOf(cluster)];
  const anban = (...words: string[]) => finish(join(build, 'anban'), [...words, ...data]);
  const close = async () => {
    await cluster?.stop();
    removeFolder(folder);
  };
  try {
    await cluster?.sql('create database anban');
    await anban('pack', 'apply', pack);
    const bureaus = [...readFileSync(join(pack, 'organizations.yaml'), 'utf8').matchAll(/name: ([^,]+),.*level: city/g)].map((match) => match[1] ?? '');
    const all = bureaus.slice(0, writers).map((name, i) => new Writer(name, `writer${i}`));
    for (const one of all) {
      const said = await anban('user', 'add', '--login', one.account, '--name', one.account, '--organization', one.organization, '--role', 'liaison');
      one.password = /[\w]{4}-[\w]{4}-[\w]{4}-[\w]{4}/.exec(said)?.[0] ?? '';
    }
    const server = await serve({ data: folder, businessTime, ...(cluster ? { database: cluster.url('anban') } : {}) });
    const weeks: string[][] = [];
    for (const one of all) {
      await one.signInFirst(server.url);
      const work = await one.must(server.url, 'GET', '/api/v1/my-work');
      weeks.push([...work.overdue, ...work.today, ...work.thisWeek, ...work.later].filter((line: any) => line.filing.duty === 'weekly').map((line: any) => line.filing.id));
    }
    await server.stop();
    return { folder, writers: all, weeks, cluster, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const text = (key: string) => Buffer.from(`${key} ${createHash('sha256').update(key).digest('hex').repeat(40)}\n`); // some sectors long
const picture = (key: string) => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), text(key)]);

// What the probe needs, and what else was seen: answers that were neither success nor "stopping", papers that differ.
export class RealServer implements Subject {
  readonly office: Office;
  readonly refused: string[] = [];
  readonly damaged: string[] = [];
  private readonly week = new Map<string, string>();                    // key -> filing, of every third write
  private readonly made = new Map<string, string>();                    // ids of what a filing or item names, once acknowledged
  private readonly left: string[][];
  private down = false;
  constructor(office: Office) {
    this.office = office;
    this.left = office.weeks.map((list) => [...list]);
  }

  async verify(folder: string): Promise<string> {
    return finish(join(build, 'anban'), ['verify', '--data', folder, ...databaseOf(this.office.cluster)]);
  }

  async start(folder: string, environment: Record<string, string>): Promise<Running> {
    const { cluster } = this.office;
    if (this.down) await cluster?.start();
    this.down = false;
    if (existsSync(folder)) await this.verify(folder);
    const server = await serve({ data: folder, businessTime, environment, ...(cluster ? { database: cluster.url('anban') } : {}) });
    const checked = new Set<string>();
    return {
      child: server.child,
      write: (key) => this.write(server.url, key),
      present: () => this.present(server.url, checked),
      ...(cluster ? { alsoDies: async () => { this.down = true; await cluster.killAll(); } } : {}),
    };
  }

  private number(key: string): number { return Number(key.slice(key.lastIndexOf('-') + 1)); }
  private writerOf(key: string): Writer { return this.office.writers[this.number(key) % this.office.writers.length]!; }

  // The filing that this key hands in, the same each time it is sent; nothing: it hands in an item.
  private weekOf(key: string): string | undefined {
    const number = this.number(key);
    if (!this.week.has(key) && Math.floor(number / this.office.writers.length) % 3 === 0) {
      const next = this.left[number % this.office.writers.length]!.shift();
      if (next) this.week.set(key, next);
    }
    return this.week.get(key);
  }

  private took(answer: Whole, what: string): boolean {
    if (answer.status >= 300 && answer.status !== 503) this.refused.push(`${what}: ${answer.status} ${answer.bytes.toString('utf8').slice(0, 300)}`);
    return answer.status < 300;
  }

  // Deeds whose answer is known are not done again; each other one is sent under its own key, the same whenever it is sent.
  private async write(url: string, key: string): Promise<boolean> {
    const writer = this.writerOf(key), week = this.weekOf(key);
    const known = async (name: string, path: string, send: () => Promise<Whole>, idOf: (body: any) => string) => {
      const before = this.made.get(name);
      if (before !== undefined) return before;
      const answer = await send();
      if (this.took(answer, `${path} ${name}`)) this.made.set(name, idOf(answer.body));
      return this.made.get(name);
    };
    const upload = `/api/v1/attachments?paper=${week ? 'e_copy' : 'picture'}`;
    const paper = await known(`${key} paper`, upload, () => writer.ask(url, 'POST', upload, week ? text(key) : picture(key), { 'X-File-Name': `${key}.${week ? 'txt' : 'png'}` }), (body) => body.attachment.id);
    if (paper === undefined) return false;
    const items = `/api/v1/campaigns/${campaign}/items`;
    const item = (duty: string, part: string, category: string, pictures: unknown[]) =>
      ({ duty, part, category, title: key, paragraphs: ['责令停工并公开曝光'], happenedOn: '2023-12-19', pictures, handIn: true });
    if (!week) return this.took(await writer.ask(url, 'POST', items, item('cases', 'cases', 'violation', [{ attachmentId: paper, caption: key }]), { 'Idempotency-Key': key }), key);
    const news = await known(`${key} item`, items, () => writer.ask(url, 'POST', items, item('weekly', 'news', 'leadership', []), { 'Idempotency-Key': `${key} item` }), (body) => body.id);
    if (news === undefined) return false;
    const handIn = { version: 1, draftVersion: 0, parts: { news: { items: [news], attachments: [paper] } } };
    return this.took(await writer.ask(url, 'POST', `/api/v1/filings/${week}/hand-in`, handIn, { 'Idempotency-Key': key }), key);
  }

  private async compare(url: string, writer: Writer, key: string, id: string, due: Buffer): Promise<void> {
    const { bytes, status } = await writer.ask(url, 'GET', `/api/v1/attachments/${id}/content`);
    if (status !== 200 || !bytes.equals(due)) this.damaged.push(`${key}: ${status}, ${bytes.length} bytes`);
  }

  // By key, as every liaison sees it; each paper that is listed is fetched once after each start and compared with what was sent.
  private async present(url: string, checked: Set<string>): Promise<Map<string, number>> {
    const there = new Map<string, number>();
    for (const writer of this.office.writers) {
      for (let next = ''; ;) {
        const page = await writer.must(url, 'GET', `/api/v1/campaigns/${campaign}/items?duty=cases&limit=200${next && `&before=${next}`}`);
        for (const item of page.items) {
          if (item.organizationName !== writer.organization) continue;
          there.set(item.title, (there.get(item.title) ?? 0) + 1);
          if (!checked.has(item.id)) await this.compare(url, writer, item.title, item.pictures[0].attachmentId, picture(item.title));
          checked.add(item.id);
        }
        if (!page.next) break;
        next = page.next;
      }
    }
    for (const [key, id] of this.week) {
      const writer = this.writerOf(key);
      const { submissions } = await writer.must(url, 'GET', `/api/v1/filings/${id}`);
      if (submissions.length > 0) there.set(key, submissions.length);
      if (submissions.length === 0 || checked.has(id)) continue;
      const { content } = await writer.must(url, 'GET', `/api/v1/filings/${id}/submissions/1`);
      await this.compare(url, writer, key, content.parts.news.attachments[0].id, text(key));
      checked.add(id);
    }
    return there;
  }
}
