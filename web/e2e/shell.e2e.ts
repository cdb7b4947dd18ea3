// Sign-in and the frame of the page, against answers given here; the journeys with the real server are in tests/e2e.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const session = {
  person: { id: 'p1', name: '株洲市住建局联络员', account: 'zz-zjj' }, post: { title: '联络员', organization: { id: 'o1', name: '株洲市住房和城乡建设局' } },
  roles: ['liaison'], csrfToken: 't', businessTime: '2023年5月25日 09:00', demo: true,
  campaigns: [{ id: 'hunan-2023', title: '重大事故隐患专项排查整治行动' }, { id: 'other', title: '岁末年初安全生产大排查大整治' }],
};

let server: PreviewServer;
let browser: Browser;
let page: Page;
let base = '';
let signedIn = false;
let complaints: string[] = [];

beforeAll(async () => {
  server = await preview({ build: { outDir: 'dist-harness' }, preview: { host: '127.0.0.1', port: 4181 }, logLevel: 'error' });
  base = server.resolvedUrls!.local[0]!;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  mkdirSync('e2e/output', { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  signedIn = false;
  complaints = [];
  page = await (await browser.newContext({ viewport: { width: 1366, height: 625 }, locale: 'zh-CN' })).newPage();
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.route('**/api/v1/session', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') signedIn = request.postDataJSON().password === 'right';
    if (request.method() === 'DELETE') signedIn = false;
    if (request.method() === 'DELETE') return route.fulfill({ status: 204 });
    if (signedIn) return route.fulfill({ json: session });
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ status: 401, code: 'session.none', params: {}, errors: [], requestId: 'r1' }) });
  });
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

async function axe(): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await (window as never as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe
      .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`);
  });
}

it('signs in by keyboard, comes back to where one wanted to go, and out again', async () => {
  await page.goto(`${base}somewhere?x=1`);
  await page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.get('to') === '/somewhere?x=1');
  expect(await axe()).toEqual([]);
  await page.keyboard.type('zz-zjj');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.screenshot({ path: 'e2e/output/sign-in.png' });
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/somewhere' && url.search === '?x=1');
  expect(await page.locator('main').innerText()).toContain('没有这个页面');
  await page.getByRole('button', { name: '株洲市住建局联络员' }).click();
  await page.getByText('退出登录').click();
  await page.waitForURL('**/sign-in');
});

it('shows the frame with campaign, clock and person, and switches the language', async () => {
  signedIn = true;
  await page.goto(base);
  await page.getByRole('note').first().waitFor();
  expect(await page.getByRole('note').first().innerText()).toContain('2023年5月25日 09:00');
  expect(await axe()).toEqual([]);
  await page.screenshot({ path: 'e2e/output/shell.png' });
  await page.getByRole('button', { name: '行动 重大事故隐患专项排查整治行动' }).click();
  await page.getByRole('menuitem', { name: '岁末年初安全生产大排查大整治' }).click();
  await page.getByRole('button', { name: '行动 岁末年初' }).waitFor();
  await page.getByRole('button', { name: '中 / EN' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.setViewportSize({ width: 1093, height: 500 });
  expect((await page.getByRole('navigation').boundingBox())!.width).toBe(52);
  await page.screenshot({ path: 'e2e/output/shell-narrow.png' });
});
