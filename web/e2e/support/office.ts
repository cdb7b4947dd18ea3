// An office for a browser story: the real server on a copy of the demo, on either engine, and people signed in to it.
//
//   for (const engine of engines) test(`… (${engine})`, async (t) => {
//     const office = await openOffice(t, engine);
//     const clerk = await office.signIn('office_clerk');          // a role, or an account's name
//     await clerk.goto(`${office.url}/matrix`);
//     await office.shot(clerk, 'matrix');                         // web/e2e/output/matrix-sqlite.png, 1366×768
//     await office.accessible(clerk);                             // fails on what axe calls serious or critical
//     await office.moveClock('2023-06-01T17:00:01+08:00');
//     await office.cutPower();                                    // and start again on what is left
//   });
//
// ANBAN_WEB=web/dist serves the page as built last instead of the one inside the binary; ANBAN_PATIENCE is how many milliseconds to wait.
// The demo is loaded once for each build and engine (build/e2e) and copied for each office.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { readAccounts, type Account } from '../../../tests/harness/accounts.ts';
import { Client } from '../../../tests/harness/client.ts';
import { build, finish, newFolder, removeFolder, tree, until } from '../../../tests/harness/folder.ts';
import { startCluster, type Cluster } from '../../../tests/harness/postgres.ts';
import { serve, type Server } from '../../../tests/harness/server.ts';

export type Engine = 'sqlite' | 'postgresql';
export const engines: Engine[] = ['sqlite', 'postgresql'];

// A story that holds on either engine: told twice, the engine in its name.
export function onBothEngines(story: string, tell: (t: TestContext, engine: Engine) => Promise<void>): void {
  for (const engine of engines) test(`${story} (${engine})`, { timeout: 1_200_000 }, (t) => tell(t, engine));
}

export const demoTime = '2023-05-25T09:00';
const output = join(tree, 'web/e2e/output');

interface Snapshot { data: string; cluster: string }

// One process at a time makes a snapshot; a maker that died is no longer waited for.
async function alone<T>(name: string, deed: () => Promise<T>): Promise<T> {
  const lock = `${name}.lock`;
  mkdirSync(dirname(lock), { recursive: true });
  const took = () => {
    try {
      symlinkSync(String(process.pid), lock);
      return true;
    } catch {
      return false;
    }
  };
  const abandoned = () => {
    try {
      return !existsSync(`/proc/${readlinkSync(lock)}`);
    } catch {
      return false; // given back just now
    }
  };
  await until(async () => took() || (abandoned() && (rmSync(lock, { force: true }), took())), 1200, () => `${lock} is held too long`);
  try {
    return await deed();
  } finally {
    rmSync(lock, { force: true });
  }
}

// The demo as loaded by this very build; made when it is not there.
async function snapshot(engine: Engine): Promise<Snapshot> {
  return alone(join(tree, 'build/e2e', engine), () => loaded(engine));
}

async function loaded(engine: Engine): Promise<Snapshot> {
  const binary = statSync(join(build, 'anban'));
  const place = join(tree, 'build/e2e', `${engine}-${binary.mtimeMs.toFixed(0)}-${binary.size}`);
  const found = { data: join(place, 'data'), cluster: engine === 'postgresql' ? join(place, 'cluster') : '' };
  if (existsSync(place)) return found;
  const making = `${place}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const cluster = engine === 'postgresql' ? await startCluster({ durable: false }) : undefined;
  try {
    await cluster?.sql('create database anban');
    const database = cluster ? ['--database', cluster.url('anban')] : [];
    await finish(join(build, 'anban'), ['demo', '--data', join(making, 'data'), '--packs', join(tree, 'packs/hunan-2023'), ...database]);
    await cluster?.save(join(making, 'cluster'));
    renameSync(making, place);
  } finally {
    await cluster?.stop();
  }
  return found;
}

export interface OfficeOptions {
  businessTime?: string;
  flags?: string[];
  plug?: boolean;      // run under the power-cut shim from the start, for cutPower() on SQLite and attachments
}

export class Office {
  readonly engine: Engine;
  readonly data: string;
  readonly accounts: Account[];
  private readonly options: OfficeOptions;
  private readonly work = newFolder('office');
  private readonly cluster: Cluster | undefined;
  private readonly browser: Browser;
  private server!: Server;
  private starts = 0;

  constructor(engine: Engine, data: string, cluster: Cluster | undefined, browser: Browser, options: OfficeOptions) {
    this.engine = engine;
    this.data = data;
    this.cluster = cluster;
    this.browser = browser;
    this.options = options;
    this.accounts = readAccounts(join(data, 'demo-accounts.txt'));
  }

  get url(): string { return this.server.url; }
  get database(): Cluster {
    assert.ok(this.cluster, 'this office is on SQLite');
    return this.cluster;
  }

  private get shadow(): string { return join(this.work, `shadow${this.starts}`); }

  async start(businessTime = this.options.businessTime ?? demoTime): Promise<void> {
    this.starts++;
    const plug = { LD_PRELOAD: join(build, 'libplugpull.so'), PLUG_DIR: this.data, PLUG_SHADOW: this.shadow };
    this.server = await serve({
      data: this.data, businessTime, flags: [...(process.env.ANBAN_WEB ? ['--web', process.env.ANBAN_WEB] : []), ...(this.options.flags ?? [])], environment: this.options.plug ? plug : {},
      durable: this.cluster === undefined || (await this.cluster.durability()).fsync === 'on',
      ...(this.cluster ? { database: this.cluster.url('anban') } : {}),
    });
  }

  account(who: string): Account {
    const found = this.accounts.find((one) => one.account === who) ?? this.accounts.find((one) => one.role === who);
    assert.ok(found, `no demo account ${who}`);
    return found;
  }

  // A page of 1366×768 in a browser context of its own; nobody is signed in.
  async newPage(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    context.setDefaultTimeout(Number(process.env.ANBAN_PATIENCE ?? 60_000));
    return context.newPage();
  }

  // The same, signed in through the form.
  async signIn(who: string): Promise<Page> {
    const { account, password } = this.account(who);
    const page = await this.newPage();
    await page.goto(`${this.url}/sign-in`);
    await page.locator('input[name=account]').fill(account);
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  async client(who: string): Promise<Client> {
    const client = new Client(this.url);
    const { account, password } = this.account(who);
    await client.signIn(account, password);
    return client;
  }

  async moveClock(businessTime: string, who = 'system_admin'): Promise<void> {
    const answer = await (await this.client(who)).post('/api/v1/clock', { businessTime });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }

  async shot(page: Page, name: string): Promise<string> {
    mkdirSync(output, { recursive: true });
    const path = join(output, `${name}-${this.engine}.png`);
    await page.screenshot({ path });
    return path;
  }

  // What axe calls serious or critical, in the page as it is now.
  async accessible(page: Page): Promise<void> {
    interface Found { violations: { id: string; impact: string; nodes: { html: string }[] }[] }
    // A dialog that still fades in is pale for a moment; what counts is what a person then reads.
    await page.evaluate(async () => {
      const ending = document.getAnimations().filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime)));
      await Promise.race([Promise.allSettled(ending.map((one) => one.finished)), new Promise((done) => setTimeout(done, 3000))]);
    });
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const bad = await page.evaluate(async () => {
      const { violations } = await (window as never as { axe: { run(): Promise<Found> } }).axe.run();
      return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
    });
    assert.deepEqual(bad, []);
  }

  // The worst that may happen, then everything started again on what is left. With the shim, files keep what was synced and
  // the rest by chance; PostgreSQL and the server are killed with all their processes. What is left must stand `anban verify`.
  async cutPower(seed: number, businessTime?: string): Promise<void> {
    await this.server.kill();
    await this.cluster?.killAll();
    if (this.options.plug) {
      const image = join(this.work, `image${this.starts}`);
      await finish(join(build, 'plugmix'), [this.data, this.shadow, image, String(seed)]);
      removeFolder(this.data);
      renameSync(image, this.data);
    }
    await this.cluster?.start();
    await this.verify();
    await this.start(businessTime);
  }

  // The command line, alone and on this office's folder, served or not.
  run(...words: string[]): Promise<string> { return finish(join(build, 'anban'), words); }
  anban(...words: string[]): Promise<string> {
    return finish(join(build, 'anban'), [...words, '--data', this.data, ...(this.cluster ? ['--database', this.cluster.url('anban')] : [])]);
  }

  // What the guide asks for with a changed pack: the service ends in order, the pack is applied, the service starts again.
  async applyPack(folder: string, businessTime = this.options.businessTime ?? demoTime): Promise<string> {
    assert.equal(await this.server.stop(), 0);
    const said = await this.anban('pack', 'apply', folder, '--business-time', businessTime);
    await this.start(businessTime);
    return said;
  }

  // Ends in order, and looks at everything that is kept; throws with the findings.
  async stopAndVerify(): Promise<void> {
    assert.equal(await this.server.stop(), 0);
    await this.verify();
  }

  private async verify(): Promise<void> {
    await this.anban('verify');
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server?.kill();
    await this.cluster?.stop();
    removeFolder(dirname(this.data));
    removeFolder(this.work);
  }
}

// Chromium from Debian, told not to look for the world outside.
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// durable: the cluster syncs as in production, for stories about faults; otherwise it is quick.
export async function openOffice(t: TestContext, engine: Engine, options: OfficeOptions & { durable?: boolean } = {}): Promise<Office> {
  const saved = await snapshot(engine);
  const data = join(newFolder('data'), 'data');
  await finish('cp', ['-a', '--reflink=auto', saved.data, data]);
  const cluster = engine === 'postgresql' ? await startCluster({ from: saved.cluster, durable: options.durable ?? options.plug ?? false }) : undefined;
  const office = new Office(engine, data, cluster, await openBrowser(), options);
  t.after(() => office.close());
  await office.start();
  return office;
}
