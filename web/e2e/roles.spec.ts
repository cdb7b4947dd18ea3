// Each role signs in and finds just its pages: what stands in the navigation opens, what does not is refused in words, no button is
// dead or refused for want of a right. And the same pages in English, with every word translated and nothing cut off.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { tree } from '../../tests/harness/folder.ts';
import { openOffice } from './support/office.ts';

const work = ['我的待办', '宣传信息'];
const dispatch = ['报送矩阵', '数据汇总', '专项行动'];
const expected: Record<string, string[]> = {
  liaison: [...work, ...dispatch, '单位与人员'],
  reviewer: [...work, '审核', ...dispatch, '单位与人员'],
  unit_leader: [...work, '审核', ...dispatch, '单位与人员', '操作日志'],
  office_clerk: [...work, '审核', ...dispatch, '读通知', '单位与人员', '操作日志'],
  office_leader: [...work, '审核', ...dispatch, '读通知', '单位与人员', '操作日志'],
  auditor: [...work, ...dispatch, '单位与人员', '操作日志'],
  system_admin: ['单位与人员'],
  security_admin: ['单位与人员'],
  security_auditor: ['单位与人员', '操作日志'],
};
// Deeds that change something: who may only look has none of them on any page.
const deeds = /^(报送|审核通过|退回|通过所选|退回所选|写信息|报案例|新建账号|导入账号|导入单位|新设单位|重置密码|停用|授予角色|加岗位|更名|调整隶属|延期|免报)/;

interface Said { refused: string[]; broken: string[] }
function listen(page: Page): Said {
  const said: Said = { refused: [], broken: [] };
  page.on('response', (answer) => { if (answer.status() === 403 || answer.status() >= 500) said.refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`); });
  page.on('pageerror', (error) => said.broken.push(String(error)));
  return said;
}

async function walk(page: Page, each: (title: string) => Promise<void>): Promise<string[]> {
  const links = page.getByRole('navigation').first().getByRole('link');
  const titles = (await links.allInnerTexts()).map((text) => text.trim());
  for (const title of titles) {
    const link = links.filter({ hasText: title }).first();
    const path = String(await link.getAttribute('href'));
    await link.click();
    await page.waitForURL((url) => url.pathname === path);
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await each(title);
  }
  return titles;
}

test('every role finds its own pages and no more, each opens, and none asks for what is not its right', async (t) => {
  const office = await openOffice(t, 'sqlite');
  for (const [role, pages] of Object.entries(expected)) {
    const page = await office.signIn(role);
    const said = listen(page);
    const readOnly = ['auditor', 'security_auditor'].includes(role);
    const titles = await walk(page, async (title) => {
      if (readOnly) assert.deepEqual((await page.locator('button:not(td button)').allInnerTexts()).filter((text) => deeds.test(text.trim())), [], `${role}: ${title}`);
      await office.shot(page, `roles-${role}-${pages.indexOf(title)}`);
    });
    assert.deepEqual(titles, pages, role);
    assert.deepEqual(said, { refused: [], broken: [] }, role);
    await office.accessible(page);
    await page.context().close();
  }
});

test('who follows a link to a page that is not its own is told so, and sees nothing of it', async (t) => {
  const office = await openOffice(t, 'sqlite');
  for (const [role, path] of [['system_admin', '/matrix'], ['security_admin', '/my-work'], ['liaison', '/journal']] as const) {
    const page = await office.signIn(role);
    await page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: '当前岗位没有权限看这一页。' }).waitFor();
    assert.ok(!(await page.locator('main').innerText()).includes('每月工作'), `${role} ${path}`);
    await office.shot(page, `roles-refused-${role}`);
    await page.context().close();
  }
});

// Every word of the page's own in Chinese: what stands on an English page letter for letter was not translated.
const locales = join(tree, 'web/src/locales');
const chinese = readdirSync(locales).filter((name) => /^(zh|.*\.zh)\.ts$/.test(name)).flatMap((name) => [...readFileSync(join(locales, name), 'utf8').matchAll(/: '([^']*[一-龥][^']*)'/g)].map(([, word = '']) => word));

test('in English every page is in English, and nothing is cut off', async (t) => {
  const office = await openOffice(t, 'sqlite');
  for (const role of ['office_clerk', 'liaison', 'security_auditor']) {
    const page = await office.signIn(role);
    await page.getByRole('button', { name: /EN/ }).click();
    await walk(page, async (title) => {
      assert.doesNotMatch(title, /[一-龥]/);
      const head = await page.getByRole('heading', { level: 1 }).first().innerText();
      const words = await page.locator('body').evaluate((body, known) => {
        const own = [...body.querySelectorAll('*')].filter((one) => !['SCRIPT', 'STYLE', 'OPTION'].includes(one.tagName) && !one.closest('.stat-grid, .person, td')); // a form's words are the pack's, a person's name is data
        const texts = own.flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent?.trim() ?? ''));
        const cut = own.filter((one) => one.tagName === 'BUTTON' && one.scrollWidth > one.clientWidth + 1 && !one.matches('.campaign, .person')).map((one) => one.textContent?.trim() ?? '');
        const main = body.querySelector('main')!;
        return { keys: texts.filter((text) => /^[a-z]+\.[a-zA-Z.]+$/.test(text)), chinese: [...new Set(texts.filter((text) => known.includes(text)))], cut, wide: main.scrollWidth > main.clientWidth + 1 };
      }, chinese);
      await office.shot(page, `english-${role}-${title.replace(/\W+/g, '-').toLowerCase()}`);
      assert.deepEqual(words, { keys: [], chinese: [], cut: [], wide: false }, `${role}: ${title} (${head})`);
    });
    await page.context().close();
  }
});
