// What browser tests without the server share: the built page under the server's content policy, Chromium, and axe.
// CHROMIUM names another browser than /usr/bin/chromium. The journeys with the server start their own.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
export const output = fileURLToPath(new URL('./output/', import.meta.url));

export interface Scene {
  base: string;
  browser: Browser;
  newPage(options?: BrowserContextOptions, tolerated?: string): Promise<Page>;
  endPage(page: Page): Promise<void>;  // fails when the page complained: errors, warnings, breaches of the content policy
  end(): Promise<void>;
}

export async function startScene(): Promise<Scene> {
  const built = `dist-harness/${process.pid}`;
  process.env.ANBAN_HARNESS = built;
  mkdirSync(output, { recursive: true });
  await build({ root, logLevel: 'error' });
  const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const complaints = new Map<Page, string[]>();

  async function newPage(options: BrowserContextOptions = {}, tolerated = ''): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 625 }, locale: 'zh-CN', ...options })).newPage();
    const said: string[] = [];
    complaints.set(page, said);
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !(tolerated && message.text().includes(tolerated))) said.push(message.text());
    });
    return page;
  }

  async function endPage(page: Page): Promise<void> {
    await page.context().close();
    assert.deepEqual(complaints.get(page), []);
  }

  async function end(): Promise<void> {
    await browser.close();
    await server.close();
    rmSync(`${root}/${built}`, { recursive: true, force: true });
  }
  return { base: server.resolvedUrls!.local[0]!, browser, newPage, endPage, end };
}

interface Axe { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

// What axe finds by WCAG 2.1 A and AA, one line each.
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await (window as never as { axe: Axe }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`);
  });
}
