// The grid in Chromium: what only a real browser can tell of paste, input method, sticky heads and focus.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { axe, output, startScene, type Scene } from './browser.ts';

let scene: Scene;
let page: Page;

before(async () => { scene = await startScene(); });
after(() => scene.end());
beforeEach(async () => { page = await scene.newPage({ permissions: ['clipboard-read', 'clipboard-write'] }); });
afterEach(() => scene.endPage(page));

interface Harness { sheet: { value(id: string): string; rows: unknown[] }; activated: { value: string[] } }
const value = (id: string): Promise<string> => page.evaluate((name) => (window as never as { harness: Harness }).harness.sheet.value(name), id);

async function open(name: string): Promise<void> {
  await page.goto(`${scene.base}harness/grid.html?scene=${name}`);
  await page.waitForSelector('tbody td');
}

const cell = (id: string) => page.locator(`td[id$="-${id}"]`);
const textOf = (id: string) => cell(id).locator('.text').innerText();
const rowCount = (): Promise<number> => page.evaluate(() => (window as never as { harness: Harness }).harness.sheet.rows.length);
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
    assert.equal(await rowCount(), 50);
    assert.deepEqual([await value('n0.level'), await value('n0.found'), await value('n0.due'), await value('n0.funds'), await value('n0.people')], ['major', '2023-03-05', '2023-03-20', '1234.50', '12']);
    assert.equal(await value('n3.what'), '两\n行');
    assert.equal(await cell('n7.funds').getAttribute('aria-invalid'), 'true');
    await page.screenshot({ path: output + 'ledger-pasted.png' });
    await page.getByRole('button', { name: '下一处' }).click();
    assert.ok((await page.locator('.wrong').innerText()).includes('“约30”不是数字'));
    await press('Control+z');
    assert.deepEqual([await rowCount(), await value('n0.place')], [10, '']);
    await press('Control+y');
    assert.deepEqual([await rowCount(), await value('n49.people')], [50, '12']);
  });

  it('takes Chinese from an input method straight into the selected cell', async () => {
    await open('ledger');
    await cell('n1.what').click();
    const ime: CDPSession = await page.context().newCDPSession(page);
    await ime.send('Input.imeSetComposition', { text: 'yin', selectionStart: 3, selectionEnd: 3 });
    await ime.send('Input.imeSetComposition', { text: '隐患', selectionStart: 2, selectionEnd: 2 });
    await ime.send('Input.insertText', { text: '隐患已排除' });
    await press('Enter');
    assert.equal(await value('n1.what'), '隐患已排除');
    await page.keyboard.insertText('下一行');
    await press('Tab');
    assert.deepEqual([await value('n2.what'), await value('n1.what')], ['下一行', '隐患已排除']);
  });

  // threats D2
  it('shows hostile text as text', async () => {
    await open('ledger');
    await cell('n0.place').click();
    const hostile = '<img src=x onerror="window.pwned=1"><svg onload=window.pwned=1>{{constructor.constructor("window.pwned=1")()}}';
    await clip(`${hostile}\t<script>window.pwned=1</script>\tjavascript:window.pwned=1`);
    await press('Control+v', 'F2', 'Enter');
    assert.equal(await textOf('n0.place'), hostile);
    assert.equal(await page.locator('tbody img, tbody svg, tbody script').count(), 0);
    assert.equal(await page.evaluate(() => 'pwned' in window), false);
  });

  it('copies a range as Excel reads it', async () => {
    await open('ledger');
    await cell('n0.place').click();
    await clip(block);
    await press('Control+v');
    await cell('n2.place').click();
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c');
    assert.equal(await clipped(), '企业2\t配电柜 2\r\n企业3\t"两\n行"\r\n');
  });

  it('offers the choices and takes one by keys', async () => {
    await open('ledger');
    await cell('n0.level').click();
    await press('Alt+ArrowDown', 'ArrowDown', 'Enter');
    assert.equal(await value('n0.level'), 'major');
    await page.keyboard.type('一般');
    await press('Enter');
    assert.equal(await value('n1.level'), 'general');
  });

  it('goes on in a new row after the last', async () => {
    await open('ledger');
    await cell('n9.place').click();
    await page.keyboard.type('甲');
    await press('Enter');
    await page.keyboard.type('乙');
    await press('Enter');
    assert.deepEqual([await rowCount(), await value('n10.place')], [12, '乙']);
    await press('Enter');
    assert.equal(await rowCount(), 12);
  });

  it('of ten thousand rows draws only those in sight', async () => {
    await open('long');
    await cell('n0.place').click();
    await press('Control+End');
    await cell('n9999.place').waitFor();
    assert.ok((await page.locator('td').count()) < 700);
    assert.equal(await textOf('n9999.people'), '9,999');
  });
});

describe('a statistics table', () => {
  it('keeps its head of three rows, units, numbers and row titles in sight', async () => {
    await open('table');
    await page.screenshot({ path: output + 'table.png' });
    const head = page.locator('thead th').first();
    const before = await head.boundingBox();
    await page.locator('.viewport').evaluate((element) => { element.scrollTop = 140; element.scrollLeft = 120; });
    await page.waitForTimeout(100);
    assert.deepEqual(await page.locator('.viewport').evaluate((element) => [element.scrollTop, element.scrollLeft]), [140, 120]);
    assert.deepEqual(await head.boundingBox(), before);
    const title = await page.locator('tbody th').nth(6).boundingBox();
    assert.equal(Math.round(title!.x), Math.round(before!.x));
    await page.screenshot({ path: output + 'table-scrolled.png' });
    await cell('r10.units').click();
    const [editor, pinned] = [await page.locator('textarea').boundingBox(), await cell('r10.units').boundingBox()];
    assert.deepEqual([editor!.x + 1, editor!.y + 1].map(Math.round), [pinned!.x, pinned!.y].map(Math.round));
    await press('End');
    const last = await cell('r10.cases').boundingBox();
    assert.ok((last!.x + last!.width) <= 1352);
    await press('Home', 'ArrowRight');
    const second = await cell('r10.trips').boundingBox();
    assert.ok((second!.x) >= pinned!.x + pinned!.width - 1);
  });

  it('recalculates totals and rates, prints a dash for nothing of nothing, and never lets them be typed', async () => {
    await open('table');
    assert.deepEqual([await textOf('r1.rate'), await textOf('r5.rate'), await textOf('r4.found'), await textOf('total.fine')], ['93.8', '—', '无', '125.50']);
    await cell('r1.units').click();
    await page.keyboard.type('20');
    await press('Enter');
    assert.equal(await textOf('total.units'), '50');
    await cell('total.units').click();
    await page.keyboard.type('999');
    await press('Enter', 'F2', 'Delete');
    assert.equal(await value('total.units'), '50');
  });

  it('fills down the selection and passes over what is locked', async () => {
    await open('table');
    await cell('r1.fixed').click();
    await cell('r4.rate').click({ modifiers: ['Shift'] });
    await press('Control+d');
    assert.deepEqual([await value('r3.fixed'), await value('r4.fixed'), await value('r4.rate')], ['91', '91', '—']);
    assert.ok((await page.locator('.where').innerText()).includes('锁定的 3 格未改动'));
    await press('Control+z');
    assert.equal(await value('r3.fixed'), '');
  });

  it('edits with F2, gives up with Escape, moves with arrows while typing', async () => {
    await open('table');
    await cell('r1.trips').click();
    await press('F2', 'End');
    await page.keyboard.type('0');
    await press('Enter');
    assert.equal(await value('r1.trips'), '13860');
    await page.keyboard.type('77');
    await press('Escape');
    assert.equal(await value('r2.trips'), '');
    await page.keyboard.type('8');
    await press('ArrowRight');
    assert.equal(await value('r2.trips'), '8');
    await page.keyboard.type('9');
    await page.locator('#after').click();
    assert.equal(await value('r2.found'), '9');
  });

  it('selects by dragging and tells the sum', async () => {
    await open('table');
    const [from, to] = [await cell('r1.units').boundingBox(), await cell('r4.trips').boundingBox()];
    await page.mouse.move(from!.x + 5, from!.y + 5);
    await page.mouse.down();
    await page.mouse.move(to!.x + 5, to!.y + 5, { steps: 4 });
    await page.mouse.up();
    assert.equal(await page.locator('.sums').innerText(), '计数 3，合计 1,428');
  });

  it('is left by Escape and Tab, and entered by Tab', async () => {
    await open('table');
    await page.locator('#before').focus();
    await press('Tab');
    assert.equal(await page.locator('textarea').evaluate((element) => element === document.activeElement), true);
    await press('Escape', 'Tab');
    assert.equal(await page.locator('textarea').evaluate((element) => element === document.activeElement), false);
  });

  it('names the active cell to screen readers', async () => {
    await open('table');
    await cell('r2.majorFixed').click();
    const active = await page.locator('textarea').getAttribute('aria-activedescendant');
    assert.match((active) ?? '', /-r2\.majorFixed$/);
    assert.ok((await page.locator(`[id="${active}"]`).innerText()).includes('错误：重大隐患整改数（6）大于排查数（4）'));
    assert.ok((await page.locator('.where').innerText()).includes('危险化学品，重大事故隐患／企业自查自改／整改数'));
  });

  it('that is read only opens cells and changes none', async () => {
    await open('readonly');
    await cell('r1.units').click();
    await page.keyboard.type('5');
    await press('Delete', 'Control+d', 'Enter');
    await clip('1\t2\r\n');
    await press('Control+v');
    assert.equal(await value('r1.units'), '12');
    assert.deepEqual(await page.evaluate(() => (window as never as { harness: Harness }).harness.activated.value), ['r1.units']);
    assert.ok((await cell('r1.units').getAttribute('title'))?.includes('上一版为“11”'));
  });
});

for (const name of ['table', 'ledger', 'readonly'])
  it(`axe finds nothing on ${name}`, async () => {
    await open(name);
    await page.locator('tbody td').nth(20).click();
    assert.deepEqual(await axe(page), []);
  });
