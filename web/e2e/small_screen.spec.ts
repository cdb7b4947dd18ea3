// What an office has: 1366×768 at 125 %, so 1093 points wide and some 510 high under the browser's own bars. And nobody is refused on arrival.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openOffice } from './support/office.ts';

const small = { width: 1093, height: 514 };

// Whether the middle of it is what one would click there: not under a head that stays, not outside what scrolls.
const inSight = (place: Locator): Promise<boolean> => place.evaluate((one) => {
  const box = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
});

test('on a small screen the window that is asked about is in sight, and so is every cell that keys lead to', async (t) => {
  const office = await openOffice(t, 'sqlite');
  const page = await office.signIn('office_clerk');
  await page.setViewportSize(small);
  await page.goto(`${office.url}/matrix`, { waitUntil: 'networkidle' });
  const now = page.locator('tbody td.chosen[role]').first();
  await now.waitFor();
  assert.ok(await inSight(now), 'this week lies under the rates');
  await now.focus();
  for (const key of ['End', 'ArrowDown', 'PageDown', 'Home', 'PageDown', 'ArrowUp', 'PageUp']) {
    await page.keyboard.press(key);
    assert.ok(await inSight(page.locator('td:focus')), `out of sight after ${key}`);
  }
});

test('on a small screen a table that is filled in shows rows, and a jump brings its cell into sight', async (t) => {
  const office = await openOffice(t, 'sqlite');
  const page = await office.signIn('shaoyang.zj');
  await page.setViewportSize(small);
  await page.goto(`${office.url}/my-work`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: /^修改重报/ }).click();
  await page.getByRole('complementary').getByRole('button', { name: /^推进情况调度统计表/ }).click();
  const cell = page.locator('td[aria-selected="true"]').first();
  await cell.waitFor();
  assert.ok(await inSight(cell), 'the returned cell is out of sight');
  const rows = page.getByRole('grid').locator('tbody tr th');
  let seen = 0;
  for (const row of await rows.all()) seen += Number(await inSight(row));
  assert.ok(seen >= 3, `${seen} rows in sight`);
  await office.shot(page, 'small-filling');
});

test("a county's liaison finds its own matrix, and calm words where there is nothing to add up", async (t) => {
  const office = await openOffice(t, 'sqlite');
  const page = await office.signIn('chaling.cg');
  for (const path of ['/matrix', '/totals', '/articles']) {
    await page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0, path);
  }
  await page.goto(`${office.url}/matrix`, { waitUntil: 'networkidle' });
  await page.getByRole('grid').getByText('茶陵县城市管理和综合执法局').waitFor();
});

test('an office looks at what the counties owe their cities, one city at a time', async (t) => {
  const office = await openOffice(t, 'sqlite');
  const page = await office.signIn('office_clerk');
  await page.goto(`${office.url}/matrix`, { waitUntil: 'networkidle' });
  await page.getByLabel('报送要求').selectOption({ label: '县（市、区） 每月工作进展情况和统计台账' });
  await page.getByLabel('接收单位').selectOption({ label: '株洲市城市管理和综合执法局' });
  await page.getByRole('grid').getByText('茶陵县城市管理和综合执法局').waitFor();
  assert.equal(await page.getByRole('grid').getByText('浏阳市').count(), 0);
  await office.accessible(page);
});
