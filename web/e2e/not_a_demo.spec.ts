// Not a demo: the office changes its own pack and its own people, and every page follows, while what was handed in stays as it was.
// The counterpart in the browser of tests/journeys/not_a_demo_test.cpp.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { newFolder, removeFolder, tree } from '../../tests/harness/folder.ts';
import { demoTime, engines, openOffice, type Office } from './support/office.ts';
import { cellsOf, xlsxOf } from './support/xlsx.ts';

const weekly = '每周安全生产重要工作信息';
const monthly = '每月工作进展情况和统计台账';
const table = '推进情况调度统计表';
const leaves = '湘潭市城市管理和综合执法局';       // collects from no county
const joins = '岳阳市城陵矶新港区住房和城乡建设局';
const stays = '长沙市住房和城乡建设局';           // its April is accepted, its May is open
const pdf = { name: '五月报送材料（盖章）.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') };
const ownPassword = 'Own-Secret-2023';

// A copy that the office keeps for itself, changed by hand: a deadline, a column more and a column less, a reporter in and a reporter out.
function ownPack(t: TestContext): string {
  const folder = newFolder('pack');
  t.after(() => removeFolder(folder));
  cpSync(join(tree, 'packs/hunan-2023'), join(folder, 'hunan-2023'), { recursive: true });
  const change = (file: string, ...changes: [from: string, to: string][]): void => {
    const path = join(folder, 'hunan-2023', file);
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of changes) {
      assert.ok(text.includes(from), `${file} has no ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(path, text);
  };
  change('duties.yaml', ['due: {weekday: thursday, time: "17:00"}', 'due: {weekday: thursday, time: "12:00"}'], ['每周四17时前', '每周四12时前']);
  change('forms/statistics.yaml',
    ['      - {id: people, ', '      - {id: experts, title: 聘请专家, unit: 人次, adds: sum, source: lower_level}\n      - {id: people, '],
    ['      - {id: rewards, title: 举报奖励, unit: 万元, adds: sum, decimals: 2, source: lower_level}\n', '']);
  change('organizations.yaml', [`      - ${leaves}\n`, ''], ['      - 湖南湘江新区行政执法局\n', `      - 湖南湘江新区行政执法局\n      - ${joins}\n`],
    ['  # counties of', `  - {name: ${joins}, short: 新港区住建局, kind: housing_bureau, level: zone, parents: {sector: 湖南省住房和城乡建设厅}}\n\n  # counties of`]);
  return join(folder, 'hunan-2023');
}

const cell = (page: Page, id: string): Locator => page.locator(`td[id$="-${id}"]`);
const headOf = (page: Page): Promise<string> => page.getByRole('grid').locator('thead').innerText();
const figuresOf = (page: Page): Promise<string[]> => page.getByRole('grid').locator('tbody td').allInnerTexts();

async function open(office: Office, page: Page, path: string): Promise<void> {
  await page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
}

// The old filing as its receiver reads it: head and figures of the table as it was accepted.
async function openAccepted(office: Office, page: Page): Promise<{ head: string; figures: string[]; id: string }> {
  await open(office, page, '/matrix?duty=monthly');
  await page.locator(`td[aria-label^="${stays} 2023-04"]`).click();
  await page.getByRole('complementary', { name: stays }).getByRole('link').first().click();
  await page.waitForURL('**/read/*');
  await page.getByRole('tab', { name: table }).click();
  await cell(page, 'buildings.found').waitFor();
  return { head: await headOf(page), figures: await figuresOf(page), id: new URL(page.url()).pathname.split('/')[2] ?? '' };
}

async function download(page: Page, press: () => Promise<void>): Promise<Map<string, string>> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return cellsOf(readFileSync(await file.path()));
}

// The thirty people, a row each in the columns of the template that the page offers; two rows are wrong at first.
async function importThirty(office: Office, clerk: Page, pack: string): Promise<Map<string, { login: string; password: string }>> {
  await open(office, clerk, '/organizations');
  await clerk.getByRole('button', { name: '账号', exact: true }).click();
  await clerk.getByRole('button', { name: '导入账号' }).click();
  const dialog = clerk.getByRole('dialog');
  const template = await download(clerk, () => dialog.getByRole('link').first().click());
  const columns = [...template].filter(([name]) => /^[A-Z]1$/.test(name)).map(([, text]) => text);
  assert.deepEqual(columns.map((text) => text.replace(/[*＊\s（）()必填]/g, '')), ['登录名', '姓名或岗位', '单位全称', '角色', '手机']);

  const units = [...(readFileSync(join(pack, 'organizations.yaml'), 'utf8').split('groups:')[1] ?? '').matchAll(/^ {6}- (\S+)$/gm)].map(([, name = '']) => name).filter((name) => name !== stays);
  assert.equal(units.length, 30);
  assert.equal(units[29], joins);
  const rows = units.map((unit, index) => [`unit${index + 1}`, `${unit}新联络员`, unit, '联络员', '']);
  const choose = async (given: string[][]): Promise<void> => {
    await dialog.getByLabel(/选择/).setInputFiles({ name: '三十个账号.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: xlsxOf([columns, ...given]) });
  };

  await choose(rows.map((row, index) => (index === 4 ? [row[0]!, row[1]!, row[2]!, '局长', ''] : index === 7 ? ['Unit 8', ...row.slice(1)] : row)));
  const refused = dialog.getByRole('alert');
  await refused.getByText('第 6 行', { exact: false }).waitFor();
  await refused.getByText('第 9 行', { exact: false }).waitFor();
  assert.equal(await refused.getByRole('listitem').count(), 2);
  assert.equal(await dialog.getByRole('button', { name: '导入', exact: true }).isDisabled(), true);
  await office.accessible(clerk);
  await office.shot(clerk, 'not-a-demo-import-refused');

  await choose(rows);
  await dialog.getByText(/30 行/).waitFor();
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await dialog.getByText(/只显示这一次/).waitFor({ timeout: 180_000 });  // thirty passwords are hashed
  await office.shot(clerk, 'not-a-demo-imported');
  const told = new Map<string, { login: string; password: string }>();
  for (const row of await dialog.locator('tbody tr').all()) {
    const [login = '', , unit = '', , password = ''] = await row.locator('td').allInnerTexts();
    told.set(unit, { login, password });
  }
  assert.equal(told.size, 30);
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
  return told;
}

// The first time: the password that was told, then one's own.
async function signInFirst(office: Office, { login, password }: { login: string; password: string }): Promise<Page> {
  const page = await office.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.locator('input[name=account]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/password');
  await page.getByLabel('当前密码').fill(password);
  await page.getByLabel('新密码', { exact: true }).fill(ownPassword);
  await page.getByLabel('再输一次新密码').fill(ownPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/my-work');
  return page;
}

async function handInTheMonth(office: Office, page: Page): Promise<string> {
  await page.locator('.work-row').filter({ hasText: monthly }).filter({ hasText: '5月' }).getByRole('link').first().click();
  await page.getByRole('textbox', { name: /当月工作进展情况.*第 1 段/ }).fill('五月对在建项目逐一检查。');
  await page.getByLabel('上传盖章扫描件').setInputFiles(pdf);
  await page.getByRole('link', { name: pdf.name }).waitFor();
  await page.getByRole('button', { name: /^这份扫描件也用于/ }).click();
  await page.getByRole('tab', { name: table }).click();
  for (const [place, figure] of [['buildings.units', '3'], ['buildings.trips', '4'], ['buildings.experts', '6'], ['buildings.people', '9']] as const) {
    await cell(page, place).click();
    await page.keyboard.type(figure);
    await page.keyboard.press('Enter');
  }
  await office.shot(page, 'not-a-demo-new-column');
  await page.getByRole('tab', { name: '重大风险隐患台账' }).click();
  await page.getByRole('checkbox', { name: '本期无' }).check();
  await page.locator('.filing-page .head').getByRole('button', { name: '报送', exact: true }).click();
  await page.getByRole('button', { name: '确认报送' }).click();
  await page.waitForURL('**/receipts/*');
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

for (const engine of engines)
  test(`the office changes a deadline, two columns, a reporter and thirty accounts, and every page follows while history stays (${engine})`, { timeout: 1_200_000 }, async (t) => {
    const office = await openOffice(t, engine);
    const pack = ownPack(t);
    let clerk = await office.signIn('office_clerk');
    const before = await openAccepted(office, clerk);
    assert.ok(before.head.includes('举报奖励') && !before.head.includes('聘请专家'));
    await open(office, clerk, '/campaign');
    await clerk.getByText('每周四17时前').first().waitFor();

    const plan = await office.run('pack', 'plan', pack, '--from', '2023-05-20', '--to', '2023-06-05');
    assert.match(plan, /2023-06-01T12:00/);
    assert.doesNotMatch(plan, /T17:00/);
    const said = await office.applyPack(pack, demoTime);
    assert.ok(said.includes(joins) && said.includes(leaves), said);
    clerk = await office.signIn('office_clerk');

    // The deadline, on the campaign's page with its clause and in the list of what falls due.
    await open(office, clerk, '/campaign');
    const duty = clerk.locator('article.duty').filter({ hasText: weekly }).first();
    await duty.getByText('每周四12时前').waitFor();
    assert.match(await duty.innerText(), /5月25日[^\n]*12:00/);
    assert.match(await clerk.getByRole('region', { name: '近期期限' }).innerText(), /12:00/);
    await office.shot(clerk, 'not-a-demo-campaign');
    const reporters = clerk.getByRole('region', { name: '报送单位' });
    await reporters.getByRole('searchbox').fill('城陵矶');
    await reporters.getByRole('cell', { name: joins }).first().waitFor();

    // The matrix: a row for who joined, nothing more to come from who left, and what it handed in stands.
    await open(office, clerk, '/matrix?duty=weekly');
    await clerk.locator(`td[aria-label^="${joins} 2023-W21 待报"]`).waitFor();
    await clerk.locator(`td[aria-label^="${joins} 2023-W20 本期不报"]`).waitFor();
    await clerk.locator(`td[aria-label^="${leaves} 2023-W21 不适用"]`).waitFor();
    await office.shot(clerk, 'not-a-demo-matrix');

    // The filled-in table of April is as it was, on the page and on paper.
    const after = await openAccepted(office, clerk);
    assert.deepEqual(after, before);
    const told = await importThirty(office, clerk, pack);

    const liaison = await signInFirst(office, told.get(joins)!);
    const week = liaison.locator('.work-row').filter({ hasText: weekly }).filter({ hasText: '第21周' });
    assert.match(await week.innerText(), /12:00|12时/);
    assert.equal(await liaison.locator('.work-row').filter({ hasText: '4月' }).count(), 0); // it owed nothing then
    await office.shot(liaison, 'not-a-demo-my-work');
    const filing = await handInTheMonth(office, liaison);

    const old = await office.signIn('changsha.zj');
    await open(office, old, `/filings/${before.id}`);
    await old.getByRole('tab', { name: table }).click();
    await cell(old, 'buildings.found').waitFor();
    assert.ok((await headOf(old)).includes('举报奖励') && !(await headOf(old)).includes('聘请专家'));
    const oldPaper = await download(old, () => old.getByRole('button', { name: '下载 Excel' }).click());
    assert.ok([...oldPaper.values()].includes('举报奖励') && ![...oldPaper.values()].includes('聘请专家'));
    await open(office, old, '/my-work');
    await old.locator('.work-row').filter({ hasText: monthly }).first().getByRole('link').first().click();
    await old.getByRole('tab', { name: table }).click();
    await cell(old, 'buildings.experts').waitFor();
    const newPaper = await download(old, () => old.getByRole('button', { name: '下载 Excel' }).click());
    assert.ok([...newPaper.values()].includes('聘请专家') && ![...newPaper.values()].includes('举报奖励'));

    // What the new unit handed in by the new form reaches the office, is accepted, and counts in the new column.
    await open(office, clerk, `/read/${filing}`);
    await clerk.getByRole('tab', { name: table }).click();
    assert.equal((await cell(clerk, 'buildings.experts').innerText()).trim(), '6');
    await clerk.getByRole('complementary', { name: '审核' }).getByRole('button', { name: /^审核通过/ }).click();
    await clerk.getByRole('complementary', { name: '审核' }).getByText('已通过').waitFor();
    await open(office, clerk, '/totals?slot=2023-05');
    await cell(clerk, 'total.experts').waitFor();
    assert.equal((await cell(clerk, 'total.experts').innerText()).trim(), '6');
    await office.shot(clerk, 'not-a-demo-totals');
    await office.stopAndVerify();
  });
