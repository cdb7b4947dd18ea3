// Deeds beside the straight way, each driven by those who do them: an amendment after acceptance, an extension, an excuse.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { onBothEngines, openOffice, type Office } from './support/office.ts';

const unit = '长沙市住房和城乡建设局';
const unitsLiaison = 'changsha.zj';
const late = '湘潭市城市管理和综合执法局';
const latesLiaison = 'xiangtan.cg';
const weekly = '每周安全生产重要工作信息';
const monthly = '每月工作进展情况和统计台账';
const table = '推进情况调度统计表';

const cell = (page: Page, id: string): Locator => page.locator(`td[id$="-${id}"]`);
const at = (office: Office, page: Page, path: string) => page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
const decision = (page: Page): Locator => page.getByRole('complementary', { name: '审核' });

// From the matrix to the filing, as whoever reads the matrix goes.
async function openFromMatrix(office: Office, page: Page, duty: string, name: string, slot: string): Promise<string> {
  await at(office, page, `/matrix?duty=${duty}`);
  await page.locator(`td[aria-label^="${name} ${slot}"]`).click();
  await page.getByRole('complementary', { name }).getByRole('link', { name: '打开报送件' }).click();
  await page.waitForURL('**/read/*');
  await decision(page).waitFor();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

async function reason(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill(text);
  await dialog.getByRole('button').last().click();
  await dialog.waitFor({ state: 'detached' });
}

onBothEngines('an accepted table is amended only with a reason, after the leader of the office has agreed, and the total says so', async (t, engine) => {
  const office = await openOffice(t, engine);
  const clerk = await office.signIn('office_clerk');
  const filing = await openFromMatrix(office, clerk, 'monthly', unit, '2023-04');
  assert.equal(await decision(clerk).getByRole('button', { name: '审核通过' }).count(), 0); // nothing to decide any more

  const liaison = await office.signIn(unitsLiaison);
  await at(office, liaison, `/filings/${filing}`);
  await liaison.getByRole('tab', { name: table }).click();
  const before = (await cell(liaison, 'buildings.found').innerText()).trim();
  await liaison.getByRole('button', { name: '申请更正' }).click();
  const dialog = liaison.getByRole('dialog');
  await dialog.getByText('须说明原因').waitFor();
  await dialog.getByRole('textbox').fill('四月排查数漏计两项，已与台账核对。');
  await office.accessible(liaison);
  await office.shot(liaison, 'deeds-amendment-asked');
  await dialog.getByRole('button', { name: '申请更正' }).click();
  await dialog.waitFor({ state: 'detached' });
  await liaison.getByText('申请更正').first().waitFor();

  // A clerk sees the request and has no button for it; the leader has, and is shown why.
  await at(office, clerk, `/read/${filing}`);
  await decision(clerk).getByText('漏计两项').first().waitFor();
  assert.equal(await decision(clerk).getByRole('button', { name: '同意更正', exact: true }).count(), 0);
  const leader = await office.signIn('office_leader');
  await at(office, leader, '/review');
  await leader.getByRole('button', { name: '更正申请' }).click();
  await leader.locator('tbody tr', { hasText: unit }).click();
  await decision(leader).getByText('漏计两项').first().waitFor();
  await office.shot(leader, 'deeds-amendment-to-decide');
  await decision(leader).getByRole('button', { name: '同意更正', exact: true }).click();
  await leader.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await leader.getByRole('dialog').waitFor({ state: 'detached' });

  await at(office, liaison, '/my-work');
  await liaison.locator('.work-row', { hasText: monthly }).filter({ hasText: '4月' }).getByRole('link', { name: /更正重报/ }).click();
  await liaison.getByRole('tab', { name: table }).click();
  await cell(liaison, 'buildings.found').click();
  await liaison.keyboard.type(String(Number(before.replace(/,/g, '')) + 2));
  await liaison.keyboard.press('Enter');
  await liaison.getByText(/已保存 \d\d:\d\d/).waitFor();
  for (let left = 3; left > 0; left--) for (const field of await liaison.locator('.side .explain textarea, .side .explain input').all()) if (!(await field.inputValue())) await field.fill('已与台账核对');
  await liaison.getByRole('button', { name: '报送', exact: true }).click();
  await liaison.getByRole('button', { name: '确认报送' }).click();
  await liaison.waitForURL(/\/receipts\/2$/);

  await at(office, clerk, `/read/${filing}`);
  await clerk.getByRole('tab', { name: table }).click();
  const walk = clerk.getByRole('group', { name: /^改动 \d+ 处$/ });
  await walk.getByRole('button', { name: '下一处' }).click();
  await office.shot(clerk, 'deeds-amendment-differences');
  assert.match(await clerk.locator('textarea[aria-activedescendant]').getAttribute('aria-activedescendant') ?? '', /buildings\.found|works\.found/);
  await decision(clerk).getByRole('button', { name: /^审核通过/ }).click();
  await decision(clerk).getByText('已通过').waitFor();
  await at(office, clerk, '/totals?slot=2023-04');
  await clerk.getByText('含更正后的数').waitFor();
  await at(office, liaison, `/filings/${filing}`);
  await liaison.getByRole('tab', { name: /报送记录/ }).click();
  await liaison.getByText('更正原因：四月排查数漏计两项').waitFor();
  await office.shot(liaison, 'deeds-amendment-history');
});

onBothEngines('an extension moves the unit\'s deadline with its reason, and the first deadline stays to be read', async (t, engine) => {
  const office = await openOffice(t, engine);
  const clerk = await office.signIn('office_clerk');
  const filing = await openFromMatrix(office, clerk, 'monthly', late, '2023-05');
  await decision(clerk).getByRole('button', { name: '延期', exact: true }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('新期限（日期）').fill('5月29日');
  await dialog.getByLabel('时间').fill('1700');
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.getByRole('alert').getByText('请填写原因').waitFor();
  await dialog.getByLabel('原因').fill('系统迁移停机两天。');
  assert.equal(await dialog.getByLabel('新期限（日期）').inputValue(), '2023-05-29');
  await office.accessible(clerk);
  await office.shot(clerk, 'deeds-extension');
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.waitFor({ state: 'detached' });
  await decision(clerk).getByText('5月29日 周一 17:00').first().waitFor();
  await decision(clerk).getByText('系统迁移停机两天。').first().waitFor();

  const liaison = await office.signIn(latesLiaison);
  await liaison.getByRole('button', { name: /^以后/ }).click();
  const row = liaison.locator('.work-row', { hasText: monthly }).filter({ hasText: '5月29日 周一 17:00' });
  await row.getByRole('link').first().click();
  await liaison.waitForURL(`**/filings/${filing}`);
  await liaison.getByText(/原定 2023年5月25日.*已延期/).waitFor();
  await office.shot(liaison, 'deeds-extended');
});

onBothEngines('who is excused owes nothing for that week, is told why, and owes it again once reinstated', async (t, engine) => {
  const office = await openOffice(t, engine);
  const clerk = await office.signIn('office_clerk');
  await openFromMatrix(office, clerk, 'weekly', late, '2023-W21');
  await decision(clerk).getByRole('button', { name: '免报', exact: true }).click();
  await reason(clerk, '本周抽调参加省级督查，经同意不报。');
  await decision(clerk).getByText('已免报').first().waitFor();
  await office.shot(clerk, 'deeds-excused');
  await at(office, clerk, '/matrix?duty=weekly');
  await clerk.locator(`td[aria-label^="${late} 2023-W21 已免报"]`).waitFor();

  const liaison = await office.signIn(latesLiaison);
  await liaison.getByRole('heading', { name: '我的待办' }).waitFor();
  assert.equal(await liaison.locator('.work-row', { hasText: weekly }).filter({ hasText: '第21周' }).count(), 0);
  await clerk.locator(`td[aria-label^="${late} 2023-W21"]`).click();
  await clerk.getByRole('link', { name: '打开报送件' }).click();
  await decision(clerk).getByRole('button', { name: '恢复应报', exact: true }).click();
  await reason(clerk, '督查推迟到下周。');
  await decision(clerk).getByText('待报').first().waitFor();
  await liaison.reload();
  await liaison.locator('.work-row', { hasText: weekly }).filter({ hasText: '第21周' }).waitFor();
});
