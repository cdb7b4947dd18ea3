import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let server: PreviewServer;
let browser: Browser;
let page: Page;
let base = '';
let complaints: string[] = [];
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

beforeAll(async () => {
  server = await preview({ build: { outDir: 'dist-harness' }, preview: { host: '127.0.0.1', port: 4179 }, logLevel: 'error' });
  base = server.resolvedUrls!.local[0]!;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--force-color-profile=srgb'] });
  mkdirSync('e2e/output', { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(scene: string): Promise<void> {
  await page.goto(`${base}harness/grid.html?scene=${scene}`);
  await page.waitForSelector('tbody td');
}

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 625 }, permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

const cell = (id: string) => page.locator(`td[id$="-${id}"]`);
const textOf = (id: string) => cell(id).locator('.text').innerText();
const value = (id: string): Promise<string> => page.evaluate((name) => (window as never as { harness: { sheet: { value(id: string): string } } }).harness.sheet.value(name), id);
const rowCount = (): Promise<number> => page.evaluate(() => (window as never as { harness: { sheet: { rows: unknown[] } } }).harness.sheet.rows.length);
const clip = (text: string) => page.evaluate((given) => navigator.clipboard.writeText(given), text);
const clipped = () => page.evaluate(() => navigator.clipboard.readText());
const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

const block = Array.from({ length: 50 }, (_, row) => [
  `企业${row}`, row === 3 ? '"两\n行"' : `配电柜 ${row}`, row % 2 ? '一般隐患' : '重大隐患', '2023.3.5', '3月20日', '', row === 7 ? '约30' : '1,234.5', '１２', '无',
].join('\t')).join('\r\n') + '\r\n';

describe('a ledger', () => {
  it('takes a block of 50 by 9 in one step and gives it back in one', async () => {
    await open('ledger');
    await cell('n0.place').click();
    await clip(block);
    await press('Control+v');
    expect(await rowCount()).toBe(50);
    expect([await value('n0.level'), await value('n0.found'), await value('n0.due'), await value('n0.funds'), await value('n0.people')])
      .toEqual(['major', '2023-03-05', '2023-03-20', '1234.50', '12']);
    expect(await value('n3.what')).toBe('两\n行');
    expect(await cell('n7.funds').getAttribute('aria-invalid')).toBe('true');
    await page.screenshot({ path: 'e2e/output/ledger-pasted.png' });
    await page.getByRole('button', { name: '下一处' }).click();
    expect(await page.locator('.wrong').innerText()).toContain('“约30”不是数字');
    await press('Control+z');
    expect([await rowCount(), await value('n0.place')]).toEqual([10, '']);
    await press('Control+y');
    expect([await rowCount(), await value('n49.people')]).toEqual([50, '12']);
  });

  it('takes Chinese from an input method straight into the selected cell', async () => {
    await open('ledger');
    await cell('n1.what').click();
    const ime: CDPSession = await page.context().newCDPSession(page);
    await ime.send('Input.imeSetComposition', { text: 'yin', selectionStart: 3, selectionEnd: 3 });
    await ime.send('Input.imeSetComposition', { text: '隐患', selectionStart: 2, selectionEnd: 2 });
    await ime.send('Input.insertText', { text: '隐患已排除' });
    await press('Enter');
    expect(await value('n1.what')).toBe('隐患已排除');
    await page.keyboard.insertText('下一行');
    await press('Tab');
    expect([await value('n2.what'), await value('n1.what')]).toEqual(['下一行', '隐患已排除']);
  });

  it('copies a range as Excel reads it', async () => {
    await open('ledger');
    await cell('n0.place').click();
    await clip(block);
    await press('Control+v');
    await cell('n2.place').click();
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c');
    expect(await clipped()).toBe('企业2\t配电柜 2\r\n企业3\t"两\n行"\r\n');
  });

  it('offers the choices and takes one by keys', async () => {
    await open('ledger');
    await cell('n0.level').click();
    await press('Alt+ArrowDown', 'ArrowDown', 'Enter');
    expect(await value('n0.level')).toBe('major');
    await page.keyboard.type('一般');
    await press('Enter');
    expect(await value('n1.level')).toBe('general');
  });

  it('goes on in a new row after the last', async () => {
    await open('ledger');
    await cell('n9.place').click();
    await page.keyboard.type('甲');
    await press('Enter');
    await page.keyboard.type('乙');
    await press('Enter');
    expect([await rowCount(), await value('n10.place')]).toEqual([12, '乙']);
    await press('Enter');
    expect(await rowCount()).toBe(12);
  });

  it('of ten thousand rows draws only those in sight', async () => {
    await open('long');
    await cell('n0.place').click();
    const before = Date.now();
    await press('Control+End');
    await cell('n9999.place').waitFor();
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(await page.locator('td').count()).toBeLessThan(700);
    expect(await textOf('n9999.people')).toBe('9,999');
  });
});

describe('a statistics table', () => {
  it('keeps its head of three rows, units, numbers and row titles in sight', async () => {
    await open('table');
    await page.screenshot({ path: 'e2e/output/table.png' });
    const head = page.locator('thead th').first();
    const before = await head.boundingBox();
    await page.locator('.viewport').evaluate((element) => { element.scrollTop = 150; element.scrollLeft = 120; });
    await page.waitForTimeout(100);
    expect(await page.locator('.viewport').evaluate((element) => [element.scrollTop, element.scrollLeft])).toEqual([150, 120]);
    expect(await head.boundingBox()).toEqual(before);
    const title = await page.locator('tbody th').nth(6).boundingBox();
    expect(title!.x).toBeCloseTo(before!.x, 0);
    await page.screenshot({ path: 'e2e/output/table-scrolled.png' });
    await cell('r10.units').click();
    const [editor, pinned] = [await page.locator('textarea').boundingBox(), await cell('r10.units').boundingBox()];
    expect([editor!.x + 1, editor!.y + 1].map(Math.round)).toEqual([pinned!.x, pinned!.y].map(Math.round));
    await press('End');
    const last = await cell('r10.cases').boundingBox();
    expect(last!.x + last!.width).toBeLessThanOrEqual(1352);
    await press('Home', 'ArrowRight');
    const second = await cell('r10.trips').boundingBox();
    expect(second!.x).toBeGreaterThanOrEqual(pinned!.x + pinned!.width - 1);
  });

  it('recalculates totals and rates, prints a dash for nothing of nothing, and never lets them be typed', async () => {
    await open('table');
    expect([await textOf('r1.rate'), await textOf('r5.rate'), await textOf('r4.found'), await textOf('total.fine')]).toEqual(['93.8', '—', '无', '125.50']);
    await cell('r1.units').click();
    await page.keyboard.type('20');
    await press('Enter');
    expect(await textOf('total.units')).toBe('50');
    await cell('total.units').click();
    await page.keyboard.type('999');
    await press('Enter', 'F2', 'Delete');
    expect(await value('total.units')).toBe('50');
  });

  it('fills down the selection and passes over what is locked', async () => {
    await open('table');
    await cell('r1.fixed').click();
    await cell('r4.rate').click({ modifiers: ['Shift'] });
    await press('Control+d');
    expect([await value('r3.fixed'), await value('r4.fixed'), await value('r4.rate')]).toEqual(['91', '91', '—']);
    expect(await page.locator('.where').innerText()).toContain('锁定的 3 格未改动');
    await press('Control+z');
    expect(await value('r3.fixed')).toBe('');
  });

  it('edits with F2, gives up with Escape, moves with arrows while typing', async () => {
    await open('table');
    await cell('r1.trips').click();
    await press('F2', 'End');
    await page.keyboard.type('0');
    await press('Enter');
    expect(await value('r1.trips')).toBe('13860');
    await page.keyboard.type('77');
    await press('Escape');
    expect(await value('r2.trips')).toBe('');
    await page.keyboard.type('8');
    await press('ArrowRight');
    expect(await value('r2.trips')).toBe('8');
    await page.keyboard.type('9');
    await page.locator('#after').click();
    expect(await value('r2.found')).toBe('9');
  });

  it('selects by dragging and tells the sum', async () => {
    await open('table');
    const [from, to] = [await cell('r1.units').boundingBox(), await cell('r4.trips').boundingBox()];
    await page.mouse.move(from!.x + 5, from!.y + 5);
    await page.mouse.down();
    await page.mouse.move(to!.x + 5, to!.y + 5, { steps: 4 });
    await page.mouse.up();
    expect(await page.locator('.sums').innerText()).toBe('计数 3，合计 1,428');
  });

  it('is left by Escape and Tab, and entered by Tab', async () => {
    await open('table');
    await page.locator('#before').focus();
    await press('Tab');
    expect(await page.locator('textarea').evaluate((element) => element === document.activeElement)).toBe(true);
    await press('Escape', 'Tab');
    expect(await page.locator('textarea').evaluate((element) => element === document.activeElement)).toBe(false);
  });

  it('names the active cell to screen readers', async () => {
    await open('table');
    await cell('r2.majorFixed').click();
    const active = await page.locator('textarea').getAttribute('aria-activedescendant');
    expect(active).toMatch(/-r2\.majorFixed$/);
    expect(await page.locator(`[id="${active}"]`).innerText()).toContain('错误：重大隐患整改数（6）大于排查数（4）');
    expect(await page.locator('.where').innerText()).toContain('危险化学品，重大事故隐患／企业自查自改／整改数');
  });

  it('that is read only opens cells and changes none', async () => {
    await open('readonly');
    await cell('r1.units').click();
    await page.keyboard.type('5');
    await press('Delete', 'Control+d', 'Enter');
    await clip('1\t2\r\n');
    await press('Control+v');
    expect(await value('r1.units')).toBe('12');
    expect(await page.evaluate(() => (window as never as { harness: { activated: { value: string[] } } }).harness.activated.value)).toEqual(['r1.units']);
    expect(await cell('r1.units').getAttribute('title')).toContain('上一版为“11”');
  });
});

it.each(['table', 'ledger', 'readonly'])('axe finds nothing on %s', async (scene) => {
  await open(scene);
  await page.locator('tbody td').nth(20).click();
  const axe = (await import('node:fs')).readFileSync(axePath, 'utf8');
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await (window as never as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe
      .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return result.violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`);
  });
  expect(found).toEqual([]);
});
