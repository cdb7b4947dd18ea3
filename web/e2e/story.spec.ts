// One table's whole life, on both engines, with the power cut in the middle: a clerk pastes a table from Excel, hands it in, gets
// one cell returned, mends it, it is accepted, and the province opens its total down to that cell. Then time moves on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { engines, openOffice, type Office } from './support/office.ts';

const unit = '衡阳市城市管理和综合执法局'; // has no counties, and has not handed in May
const liaisonOf = 'hengyang.cg';
const late = '湘潭市城市管理和综合执法局';    // has not, and will not in time
const latecomerOf = 'xiangtan.cg';
const weekly = '每周安全生产重要工作信息';
const monthly = '每月工作进展情况和统计台账';
const table = '推进情况调度统计表';
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const errorsOf = new WeakMap<Page, string[]>();

const cell = (page: Page, id: string): Locator => page.locator(`td[id$="-${id}"]`);
const textOf = async (page: Page, id: string): Promise<string> => (await cell(page, id).locator('.text').innerText()).trim();
const numberOf = async (page: Page, id: string): Promise<number> => Number((await textOf(page, id)).replace(/[^\d.-]/g, '') || 0);

async function signIn(office: Office, who: string): Promise<Page> {
  const page = await office.signIn(who);
  const said: string[] = [];
  errorsOf.set(page, said);
  page.on('pageerror', (error) => said.push(String(error)));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return page;
}

async function paste(page: Page, id: string, rows: (string | number)[][]): Promise<void> {
  await cell(page, id).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.map((row) => row.join('\t')).join('\r\n') + '\r\n');
  await page.keyboard.press('Control+v');
}

// Every hard or open question of the side panel gets a word.
async function explainAll(page: Page): Promise<void> {
  const fields = page.locator('.side .explain textarea, .side .explain input');
  for (let i = 0; i < await fields.count(); i++) if (!(await fields.nth(i).inputValue())) await fields.nth(i).fill('已与本局台账核对');
}

async function uploadPapers(page: Page): Promise<void> {
  await page.getByLabel('上传电子版').setInputFiles({ name: '五月工作进展.pdf', mimeType: 'application/pdf', buffer: pdf });
  await page.getByRole('link', { name: '五月工作进展.pdf' }).waitFor();
  await page.getByLabel('上传盖章扫描件').setInputFiles({ name: '五月报送材料（盖章）.pdf', mimeType: 'application/pdf', buffer: pdf });
  await page.getByRole('link', { name: '五月报送材料（盖章）.pdf' }).waitFor();
  await page.getByRole('button', { name: /^这份扫描件也用于/ }).click();
}

async function handIn(page: Page): Promise<void> {
  await page.locator('.filing-page .head').getByRole('button', { name: '报送', exact: true }).click();
  await page.getByRole('button', { name: '确认报送' }).click();
  await page.waitForURL('**/receipts/*');
  await page.getByText('回执编号').waitFor();
}

async function openMonthly(page: Page, office: Office): Promise<void> {
  await page.goto(`${office.url}/my-work`);
  const row = page.locator('.work-row').filter({ hasText: monthly }).filter({ hasText: '5月' });
  await row.getByRole('link').first().click();
  await page.waitForURL('**/filings/*');
}

async function openFiling(page: Page, id: string, office: Office): Promise<void> {
  await page.goto(`${office.url}/filings/${id}`);
  await page.getByRole('link', { name: '五月报送材料（盖章）.pdf' }).waitFor();
}

async function openForReview(page: Page, office: Office): Promise<void> {
  await page.goto(`${office.url}/review`);
  await page.getByRole('row', { name: `${unit} ${monthly}` }).click();
  await page.waitForURL('**/read/*');
}

for (const engine of engines)
  test(`a pasted table is handed in, returned at one cell, mended after a power cut, accepted, and opened from the province's total (${engine})`, { timeout: 1_200_000 }, async (t) => {
    const office = await openOffice(t, engine, { plug: true });
    if (engine === 'postgresql') assert.deepEqual(await office.database.durability(), { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });

    const liaison = await signIn(office, liaisonOf);
    await office.shot(liaison, 'story-01-todo');
    await openMonthly(liaison, office);
    await office.shot(liaison, 'story-02-filing');

    await liaison.getByRole('textbox', { name: /当月工作进展情况.*第 1 段/ }).fill('五月开展市容环卫作业安全检查，对餐厨垃圾收运车辆和中转站逐一排查。');
    await uploadPapers(liaison);
    assert.equal(await liaison.locator('#filing-part').evaluate((part) => part.scrollWidth <= part.clientWidth), true, 'the page slides out sideways');
    await office.shot(liaison, 'story-03-narrative');

    await liaison.getByRole('tab', { name: table }).click();
    await cell(liaison, 'sanitation.units').waitFor();
    // Two rows of nine columns, as the bureau's own sheet holds them: now, and from January on.
    const before = async (row: string, columns: string[]) => Promise.all(columns.map((column) => numberOf(liaison, `${row}.${column}`)));
    const totals = ['units_total', 'trips_total', 'found_total', 'fixed_total'];
    const rows = [];
    for (const [row, units, trips, people, found, fixed] of [['sanitation', 40, 52, 120, 61, 57], ['facilities', 12, 15, 40, 9, 9]] as const) {
      const [u = 0, v = 0, f = 0, x = 0] = await before(row, totals);
      rows.push([units, units + u, trips, trips + v, people, found, found + f, fixed, fixed + x]);
    }
    const [one = [], two = []] = rows;
    await paste(liaison, 'sanitation.units', [one, two]);
    assert.equal(await textOf(liaison, 'sanitation.found'), '61');
    assert.equal(await textOf(liaison, 'facilities.fixed'), '9');
    await office.shot(liaison, 'story-04-pasted');

    await liaison.getByRole('tab', { name: '重大风险隐患台账' }).click();
    await liaison.getByRole('checkbox', { name: '本期无' }).check();
    await liaison.getByLabel(/^说明：推进情况调度统计表：合计/).waitFor(); // hazards known from earlier months, and now none in the ledger
    await explainAll(liaison);
    await office.shot(liaison, 'story-05-ledger');
    await handIn(liaison);
    await office.shot(liaison, 'story-06-receipt');
    const filing = new URL(liaison.url()).pathname.split('/')[2] ?? '';
    const receipt = await liaison.locator('.receipt .digest').innerText();

    const clerk = await signIn(office, 'office_clerk');
    await openForReview(clerk, office);
    await clerk.getByRole('tab', { name: table }).click();
    const decided = clerk.getByRole('complementary', { name: '审核' });
    await decided.getByRole('button', { name: /^退回/ }).click();
    await clerk.getByLabel('退回意见').fill('排查发现隐患数与日常执法检查记录不一致，请核对。');
    await cell(clerk, 'sanitation.found').click();
    await clerk.getByLabel(/市容环卫.*的意见/).fill('应不少于六十六项');
    await office.shot(clerk, 'story-07-return');
    await clerk.getByRole('button', { name: '退回', exact: true }).click();
    await decided.getByText('已退回').waitFor();
    await office.shot(clerk, 'story-08-returned');

    await office.cutPower(20230525);
    await liaison.goto(`${office.url}/filings/${filing}/receipts/1`);
    assert.equal(await liaison.locator('.receipt .digest').innerText(), receipt);
    await openFiling(liaison, filing, office);
    for (const link of await liaison.locator('.papers a').all()) {
      const answer = await liaison.context().request.get(office.url + String(await link.getAttribute('href')));
      assert.ok((await answer.body()).equals(pdf), 'a paper is not what was sent');
    }
    await liaison.goto(`${office.url}/my-work`);
    const returned = liaison.locator('.work-row').filter({ hasText: '排查发现隐患数与日常执法检查记录不一致' });
    await returned.waitFor();
    await office.shot(liaison, 'story-09-todo-after-power-cut');
    await returned.getByRole('link').first().click();
    await liaison.locator('.side .back').getByRole('button').first().click();
    await office.shot(liaison, 'story-10-jumped');
    assert.equal(await textOf(liaison, 'sanitation.found'), '61');
    assert.ok(await liaison.locator('textarea[aria-activedescendant$="-sanitation.found"]').count(), 'the jump does not stand on the returned cell');
    await liaison.keyboard.type('66');
    await liaison.keyboard.press('Enter');
    assert.equal(await textOf(liaison, 'sanitation.found'), '66');
    await explainAll(liaison);
    await office.shot(liaison, 'story-11-mended');
    await handIn(liaison);
    assert.ok((await liaison.locator('main').innerText()).includes('第 2 版'));

    await openForReview(clerk, office);
    await clerk.getByRole('tab', { name: table }).click();
    await cell(clerk, 'sanitation.found').waitFor();
    await office.shot(clerk, 'story-12-differences');
    assert.ok((await cell(clerk, 'sanitation.found').getAttribute('title'))?.includes('61'), 'the change is not marked');
    await decided.getByRole('button', { name: /^审核通过/ }).click();
    await decided.getByText('已通过').waitFor();
    await office.shot(clerk, 'story-13-accepted');

    await clerk.goto(`${office.url}/totals`);
    await cell(clerk, 'sanitation.found').waitFor(); // the month before, whose due has passed
    const may = clerk.waitForResponse((answer) => answer.url().includes('/totals?') && answer.url().includes('slot=2023-05'));
    await clerk.getByLabel('报送期').selectOption({ label: await clerk.locator('select option', { hasText: '2023年5月' }).innerText() });
    await (await may).finished();
    await clerk.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    await cell(clerk, 'sanitation.found').click();
    const share = clerk.locator('.shares li').filter({ has: clerk.locator(`a[href*="${filing}"]`) });
    await share.waitFor();
    assert.ok((await share.innerText()).includes(unit));
    await office.shot(clerk, 'story-14-total-opened');
    assert.equal((await share.locator('.figure').innerText()).trim(), '66');
    await share.locator('.figure').click();
    await clerk.waitForURL('**/read/*');
    await cell(clerk, 'sanitation.found').waitFor();
    assert.equal(await textOf(clerk, 'sanitation.found'), '66');
    await office.shot(clerk, 'story-15-the-citys-cell');

    // The day ends: who has not handed in is missing, by name; who hands in now is late.
    await clerk.goto(`${office.url}/matrix?duty=monthly`);
    const names = clerk.getByRole('region', { name: '未报名单' });
    await names.getByRole('button', { name: late }).waitFor();
    await office.shot(clerk, 'story-16-matrix-before');
    assert.equal(await names.getByText('逾期未报').count(), 0);
    await office.moveClock('2023-05-26T00:00:00.001+08:00');
    await clerk.reload();
    await names.getByText('逾期未报').waitFor();
    await office.shot(clerk, 'story-17-matrix-after');
    const overdue = await names.locator('section').filter({ hasText: '逾期未报' }).innerText();
    assert.ok(overdue.includes(late) && !overdue.includes(unit), overdue);

    const latecomer = await signIn(office, latecomerOf);
    await latecomer.goto(`${office.url}/my-work`);
    await latecomer.locator('.work-row').filter({ hasText: weekly }).filter({ hasText: '第21周' }).getByRole('link').first().click();
    await latecomer.getByRole('button', { name: '零报告' }).click();
    await latecomer.getByLabel('我确认本期没有需要报送的内容').check();
    await latecomer.getByRole('button', { name: '确认零报告' }).click();
    await latecomer.waitForURL('**/receipts/*');
    await latecomer.getByText('迟报').first().waitFor();
    await office.shot(latecomer, 'story-18-late-receipt');
    await clerk.goto(`${office.url}/matrix?duty=weekly`);
    await clerk.locator(`td[aria-label^="${late} 2023-W21"]`).click();
    await clerk.getByText('迟报').last().waitFor();
    assert.ok((await clerk.locator('.side').innerText()).includes('迟报'));
    await office.shot(clerk, 'story-19-late-in-the-matrix');
    for (const page of [liaison, clerk, latecomer]) assert.deepEqual(errorsOf.get(page), []);
    await office.stopAndVerify();
  });
