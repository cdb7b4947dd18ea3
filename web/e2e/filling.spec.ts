// A unit's day on the real server: from what it owes to the receipt; on SQLite, the bold story runs both engines elsewhere.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { onBothEngines, openOffice, type Office } from './support/office.ts';

const cell = (page: Page, id: string) => page.locator(`td[id$="-${id}"]`);
const clip = (page: Page, text: string) => page.evaluate((given) => navigator.clipboard.writeText(given), text);

async function scan(page: Page): Promise<void> {
  const file = { name: '盖章扫描件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') };
  await page.locator('.paper', { hasText: '盖章扫描件' }).locator('input[type=file]').setInputFiles(file);
  await page.getByRole('link', { name: '盖章扫描件.pdf' }).waitFor();
}

async function explainAll(page: Page): Promise<void> {
  for (const field of await page.locator('.side textarea, .side input').all()) if (!(await field.inputValue())) await field.fill('已核对，按本月实有数填报');
}

async function openMonthly(office: Office, who: string): Promise<Page> {
  const page = await office.signIn(who);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.waitForURL('**/my-work');
  await page.getByRole('heading', { name: '今天截止' }).waitFor();
  await office.accessible(page);
  await office.shot(page, 'my-work');
  await page.locator('.work-row', { hasText: '每月工作进展情况和统计台账' }).first().getByRole('link', { name: /填报|补报/ }).click();
  await page.getByRole('tab', { name: '当月工作进展情况' }).waitFor();
  return page;
}

onBothEngines('a clerk pastes a block, mends what contradicts, hands in and keeps the receipt', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await openMonthly(office, 'changsha.zj');
  await page.getByLabel('当月工作进展情况，第 1 段').fill('五月检查在建项目。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('六月继续整治。');
  assert.equal(await page.locator('.narrative textarea').count(), 2);
  await scan(page);

  await page.getByRole('tab', { name: /推进情况调度统计表/ }).click();
  await cell(page, 'rail.units').click();
  await clip(page, '5\t\t3\t\t9\t2\t\t3');
  await page.keyboard.press('Control+v');
  await page.getByText('累计完成整改不得多于累计发现').first().waitFor();
  await page.getByText(/已保存 \d\d:\d\d/).waitFor();
  await office.accessible(page);
  await office.shot(page, 'filling-checks');
  await page.getByRole('button', { name: '报送', exact: true }).click();
  await page.getByText(/还有 \d+ 处必须修改或说明/).waitFor();
  assert.equal(await page.getByRole('button', { name: '部分报送' }).isDisabled(), true);
  await page.keyboard.press('Escape');

  await page.locator('.mend .jump').first().click();
  await cell(page, 'rail.fixed').click();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.locator('.mend').waitFor({ state: 'detached' });
  await explainAll(page);
  await page.getByRole('button', { name: /这份扫描件也用于/ }).waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: '当月工作进展情况' }).click();
  await page.getByRole('button', { name: /这份扫描件也用于/ }).click();
  await page.getByRole('tab', { name: /重大风险隐患台账/ }).click();
  await page.getByLabel('本期无').check();
  await page.getByText('累计发现的重大隐患数与台账行数不一致').waitFor();
  await explainAll(page);
  await page.getByText('已逐处说明').waitFor();
  await page.getByRole('button', { name: '报送', exact: true }).click();
  await page.getByRole('button', { name: '确认报送' }).waitFor();
  await office.accessible(page);
  await office.shot(page, 'hand-in');
  await page.getByRole('button', { name: '确认报送' }).click();
  await page.waitForURL(/\/receipts\/\d+$/);
  await page.getByText('报送回执').waitFor();
  const receipt = await page.locator('.receipt').innerText();
  assert.match(receipt, /\d{8}-[0-9a-z]{12}/);
  assert.match(receipt, /2023-05-25 \d\d:\d\d:\d\d/);
  assert.match(receipt, /[0-9a-f]{64}/);
  await office.accessible(page);
  await office.shot(page, 'receipt');

  await page.getByRole('link', { name: '查看报送件' }).click();
  await page.getByText('待审核').first().waitFor();
  await page.getByRole('button', { name: '撤回' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await page.getByText('已撤回').first().waitFor();
  await page.getByRole('tab', { name: '推进情况调度统计表' }).click();
  assert.equal(await cell(page, 'rail.units').locator('.text').innerText(), '5');
});

onBothEngines('a second page that saves in between is told who saved, and overwrites nothing unseen', async (t, engine) => {
  const office = await openOffice(t, engine);
  const [first, second] = [await openMonthly(office, 'changsha.zj'), await openMonthly(office, 'changsha.zj')];
  const saved = first.waitForResponse((answer) => answer.url().endsWith('/draft') && answer.ok());
  await first.getByLabel('当月工作进展情况，第 1 段').fill('先写的一页');
  await saved;
  await second.getByLabel('当月工作进展情况，第 1 段').fill('后写的一页');
  await second.locator('[role=alert]', { hasText: '长沙市住建局联络员' }).waitFor();
  await second.getByRole('button', { name: '读取对方保存的内容' }).click();
  await second.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.narrative textarea')?.value === '先写的一页');
});

onBothEngines('a week with nothing to tell is reported as nil, and an article counts for the month', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('changsha.zj');
  await page.locator('.work-row', { hasText: '每周安全生产重要工作信息' }).first().getByRole('link', { name: /填报/ }).click();
  await page.getByRole('button', { name: '零报告' }).click();
  assert.equal(await page.getByRole('button', { name: '确认零报告' }).isDisabled(), true);
  await page.getByLabel('我确认本期没有需要报送的内容').check();
  await page.getByRole('button', { name: '确认零报告' }).click();
  await page.waitForURL(/\/receipts\/1$/);
  await page.locator('.receipt', { hasText: '零报告' }).waitFor();

  await page.getByRole('link', { name: '宣传信息' }).click();
  await page.getByText('5月 5/5 篇').waitFor();
  await office.accessible(page);
  await office.shot(page, 'articles');
  await page.getByRole('button', { name: '写信息' }).click();
  await page.getByLabel('标题').fill('深基坑旁站记录上墙');
  await page.getByLabel('正文').fill('项目部把旁站记录贴在基坑入口，班组每天签字。');
  await page.getByRole('button', { name: '报送', exact: true }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('link', { name: '现场.png' }).waitFor();
  await page.getByRole('button', { name: '报送', exact: true }).click();
  await page.getByText('5月 6/5 篇').waitFor();
});
