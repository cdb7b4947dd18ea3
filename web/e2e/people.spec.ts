// People change, work stays: a post is handed over, given and ended, a role is granted; units come in by a spreadsheet.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { onBothEngines, openOffice, type Office } from './support/office.ts';
import { cellsOf, xlsxOf } from './support/xlsx.ts';
import { readFileSync } from 'node:fs';

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const unit = '衡阳市城市管理和综合执法局';

async function openAccounts(office: Office, page: Page): Promise<void> {
  await page.goto(`${office.url}/organizations`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: '账号', exact: true }).click();
}

async function openAccount(page: Page, login: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: '登录名、姓名或岗位' }).fill(login);
  await page.getByRole('button', { name: login, exact: true }).click();
  return page.getByRole('complementary');
}

async function newAccount(page: Page, login: string, name: string): Promise<string> {
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('登录名').fill(login);
  await dialog.getByLabel('姓名或岗位名称').fill(name);
  await dialog.getByRole('button', { name: '建立账号' }).click();
  const password = await page.locator('code').innerText();
  await page.getByRole('button', { name: '已记下' }).click();
  return password;
}

async function signInWith(office: Office, login: string, password: string): Promise<Page> {
  const page = await office.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.locator('input[name=account]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

onBothEngines('a post is handed over with all its work, and another is given and ended, each after a second look', async (t, engine) => {
  const office = await openOffice(t, engine);
  const admin = await office.signIn('system_admin');
  await openAccounts(office, admin);
  const password = await newAccount(admin, 'hengyang.next', '衡阳市城管局接任联络员');
  const old = await openAccount(admin, 'hengyang.cg');
  await old.getByRole('button', { name: '交接', exact: true }).click();
  await old.getByLabel('查找接任人（姓名或登录名）').fill('hengyang.next');
  await old.getByLabel('接任人', { exact: true }).selectOption({ label: '衡阳市城管局接任联络员 hengyang.next' });
  await office.accessible(admin);
  await office.shot(admin, 'people-hand-over');
  await old.locator('form').getByRole('button', { name: '交接', exact: true }).click();
  await old.locator('form').waitFor({ state: 'detached' });
  await old.locator('li.past').waitFor();

  const next = await signInWith(office, 'hengyang.next', password);
  await next.getByLabel('当前密码').fill(password);
  await next.getByLabel('新密码', { exact: true }).fill('Own-Secret-2023');
  await next.getByLabel('再输一次新密码').fill('Own-Secret-2023');
  await next.keyboard.press('Enter');
  await next.waitForURL('**/my-work');
  await next.locator('.work-row', { hasText: '每月工作进展情况和统计台账' }).first().waitFor();
  await next.getByText(unit).first().waitFor();

  const panel = await openAccount(admin, 'hengyang.next');
  await panel.getByRole('button', { name: '加岗位' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('查找：单位').fill('衡阳市住房');
  await dialog.getByLabel('单位', { exact: true }).selectOption({ label: '衡阳市住房和城乡建设局' });
  await dialog.getByLabel('角色').selectOption({ label: '审核人' });
  await office.accessible(admin);
  await dialog.getByRole('button', { name: '加岗位' }).click();
  await dialog.waitFor({ state: 'detached' });
  const post = panel.locator('li', { hasText: '衡阳市住房和城乡建设局' });
  await post.getByRole('button', { name: '结束岗位' }).click();
  await dialog.getByText('立即生效').waitFor();
  await office.shot(admin, 'people-end-post');
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.waitFor({ state: 'detached' });
  await panel.locator('li.past', { hasText: '衡阳市住房和城乡建设局' }).waitFor();
});

onBothEngines('roles beyond the ordinary ones are the security administrator\'s to give and to take, and a refusal is said in words', async (t, engine) => {
  const office = await openOffice(t, engine);
  const security = await office.signIn('security_admin');
  await openAccounts(office, security);
  assert.equal(await security.getByRole('button', { name: '新建账号' }).count(), 0);
  const panel = await openAccount(security, 'shenji');
  assert.equal(await panel.getByRole('button', { name: '重置密码' }).count(), 0);
  await panel.getByRole('button', { name: '授予角色' }).click();
  const dialog = security.getByRole('dialog');
  const office_ = '湖南省住房和城乡建设厅安全生产委员会办公室';
  await dialog.getByLabel('查找：单位').fill(office_);
  await dialog.getByLabel('单位', { exact: true }).selectOption({ label: office_ });
  await dialog.getByLabel('角色').selectOption({ label: '安委办负责人' });
  await dialog.getByRole('button', { name: '授予角色' }).click();
  await dialog.waitFor({ state: 'detached' });
  const held = panel.locator('li', { hasText: '安委办负责人' });
  await held.getByRole('button', { name: '收回角色' }).click();
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.waitFor({ state: 'detached' });
  await panel.locator('li.past', { hasText: '安委办负责人' }).waitFor();

  // Two of the three administrators in one person: the server's sentence, over the dialog that stays.
  const other = await openAccount(security, 'xitong');
  await other.getByRole('button', { name: '授予角色' }).click();
  await dialog.getByLabel('查找：单位').fill(office_);
  await dialog.getByLabel('单位', { exact: true }).selectOption({ label: office_ });
  await dialog.getByLabel('角色').selectOption({ label: '安全审计员' });
  await dialog.getByRole('button', { name: '授予角色' }).click();
  assert.match(await dialog.getByRole('alert').innerText(), /[一-龥]{6,}/);
});

onBothEngines('units come in by a spreadsheet only when every row is right, and units outside one\'s own structure offer no change', async (t, engine) => {
  const office = await openOffice(t, engine);
  const admin = await office.signIn('system_admin');
  await admin.goto(`${office.url}/organizations`, { waitUntil: 'networkidle' });
  await admin.getByRole('button', { name: '导入单位' }).click();
  const dialog = admin.getByRole('dialog');
  const [file] = await Promise.all([admin.waitForEvent('download'), dialog.getByRole('link', { name: '下载导入模板' }).click()]);
  const template = cellsOf(readFileSync(await file.path()));
  const columns = [...template].filter(([name]) => /^[A-Z]1$/.test(name)).map(([, text]) => text);
  const row = (facts: Record<string, string>): string[] => columns.map((title) => Object.entries(facts).find(([known]) => title.startsWith(known))?.[1] ?? '');
  const parent = '湖南省住房和城乡建设厅';
  const good = [row({ 单位全称: '郴州市高新区住房建设局', 简称: '郴州高新区住建局', 类别: '局', 层级: '市级', 行业主管部门: parent }), row({ 单位全称: '永州市经开区住房建设局', 简称: '永州经开区住建局', 类别: '局', 层级: '市级', 行业主管部门: parent })];
  const wrong = [good[0]!, row({ 单位全称: '永州市经开区住房建设局', 简称: '永州经开区住建局', 类别: '司令部', 层级: '市级', 行业主管部门: '不存在的厅' })];
  const choose = (rows: string[][]) => dialog.getByLabel(/选择表格文件/).setInputFiles({ name: '单位.xlsx', mimeType: spreadsheet, buffer: xlsxOf([columns, ...rows]) });
  await choose(wrong);
  await dialog.getByRole('alert').getByText('第 3 行', { exact: false }).first().waitFor();
  await office.accessible(admin);
  await office.shot(admin, 'people-units-refused');
  await choose(good);
  await dialog.getByText('2 行检查无误').waitFor();
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await dialog.getByText('已导入 2 行').waitFor();
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
  await admin.getByRole('searchbox', { name: '按名称查找' }).fill('高新区住房');
  await admin.getByRole('button', { name: '郴州市高新区住房建设局' }).click();
  await admin.getByRole('complementary').getByRole('button', { name: '更名' }).waitFor();

  const clerk = await office.signIn('office_clerk');
  await clerk.goto(`${office.url}/organizations`, { waitUntil: 'networkidle' });
  await clerk.getByRole('searchbox', { name: '按名称查找' }).fill('株洲市住房');
  await clerk.getByRole('button', { name: '株洲市住房和城乡建设局' }).click();
  await clerk.getByRole('complementary').getByText('隶属').first().waitFor();
  assert.equal(await clerk.getByRole('complementary').getByRole('button', { name: '更名' }).count(), 0);
});
