// The paper both ways: a sheet downloaded, filled in at one's own desk with two faults in it, and taken in; each fault is named by
// the cell of the sheet and leads to its place on the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { onBothEngines, openOffice } from './support/office.ts';
import { cellsOf, withCells } from './support/xlsx.ts';

const table = '推进情况调度统计表';
const cell = (page: Page, id: string): Locator => page.locator(`td[id$="-${id}"]`);

// Where the row of the sheet and the column under two heads cross.
function cellAt(sheet: ReadonlyMap<string, string>, row: string, column: number): string {
  const line = [...sheet].find(([name, text]) => name.startsWith('A') && text.trim() === row)?.[0].slice(1);
  assert.ok(line, `the sheet has no row ${row}`);
  return `${String.fromCharCode(65 + column)}${line}`;
}

onBothEngines('a filled-in Excel with faults is taken in but for these, and each fault leads to its cell', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('hengyang.cg');
  await page.locator('.work-row', { hasText: '每月工作进展情况和统计台账' }).first().getByRole('link').first().click();
  await page.getByRole('tab', { name: table }).click();
  await cell(page, 'sanitation.units').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载 Excel' }).click()]);
  const bytes = readFileSync(await file.path());
  const sheet = cellsOf(bytes);
  const [units, trips, last] = [cellAt(sheet, '市容环卫', 1), cellAt(sheet, '市容环卫', 3), cellAt(sheet, '住宅小区和物业', 5)];
  const filled = withCells(bytes, { [units]: '四十家', [trips]: '52', [last]: '1.5' });
  await page.getByLabel('导入 Excel').setInputFiles({ name: '五月统计表.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: filled });

  const errors = page.locator('.paper-errors');
  await errors.getByText('导入的表有 2 处读不出，其余已填入').waitFor();
  assert.deepEqual(await errors.locator('.sheet-cell').allInnerTexts(), [units, last]);
  assert.equal((await cell(page, 'sanitation.trips').locator('.text').innerText()).trim(), '52');
  await office.accessible(page);
  await office.shot(page, 'paper-errors');

  // The jump ends on the cell, in sight, between the fixed head and the lower edge, and what is typed goes there.
  for (const id of ['property.people', 'sanitation.units']) {
    await errors.locator('li', { hasText: id === 'property.people' ? last : units }).getByRole('button').click();
    await page.locator(`textarea[aria-activedescendant$="-${id}"]`).waitFor({ state: 'attached' });
    await page.waitForTimeout(300); // papers beside the grid may still take room
    const seen = await cell(page, id).evaluate((one) => {
      const [box, frame, head] = [one, one.closest('.viewport')!, one.closest('table')!.querySelector('thead')!].map((part) => part.getBoundingClientRect());
      return { above: box!.top >= head!.bottom - 1, below: box!.bottom <= Math.min(frame!.bottom, window.innerHeight) + 1, focused: document.activeElement?.tagName };
    });
    assert.deepEqual(seen, { above: true, below: true, focused: 'TEXTAREA' }, id);
  }
  await office.shot(page, 'paper-jumped');
  await page.keyboard.type('40');
  await page.keyboard.press('Enter');
  assert.equal((await cell(page, 'sanitation.units').locator('.text').innerText()).trim(), '40');
});
