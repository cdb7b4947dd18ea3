// The office's day on the real server: who is missing, reviewing, totals that open, units, people, the journal.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { onBothEngines, openOffice, type Office } from './support/office.ts';

const hostile = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
const at = (office: Office, page: Page, path: string) => page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
const focusedPlace = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.place ?? '');

onBothEngines('the matrix is walked by keys, opens beside itself, and names the missing', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('office_clerk');
  await at(office, page, '/matrix');
  await page.getByRole('grid').waitFor();
  await office.accessible(page);
  assert.equal(await page.getByRole('grid').locator('[tabindex="0"]').count(), 1);

  await page.getByLabel('报送要求').selectOption({ label: '每月工作进展情况和统计台账' });
  await page.getByRole('button', { name: '4月' }).click();
  const missing = page.getByRole('region', { name: '未报名单' });
  await missing.getByText('逾期未报').waitFor();
  await missing.getByRole('button', { name: '湘西土家族苗族自治州城市管理和综合执法局' }).waitFor();

  await page.locator('[data-place="0.0"]').click();
  const panel = page.getByRole('complementary', { name: '长沙市住房和城乡建设局' });
  await panel.getByText('审核通过').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  assert.equal(await focusedPlace(page), '0.0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focusedPlace(page), '1.1');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: '长沙市城市管理和综合执法局' }).waitFor();
  await office.accessible(page);
  await office.shot(page, 'matrix-cell');

  await page.getByLabel('报送要求').selectOption({ label: '每月宣传信息' });
  await page.getByRole('region', { name: '本月篇数' }).getByText(/\d+ \/ 5 篇/).first().waitFor();
  await office.shot(page, 'matrix-quota');
});

onBothEngines('a return points at its cells, hostile words stay words, and many at once keep their own verdicts', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('office_clerk');
  await at(office, page, '/review');
  await page.getByLabel('报送要求').selectOption({ label: '每月工作进展情况和统计台账' });
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 8);
  await office.accessible(page);
  await page.locator('tbody tr').first().focus();
  const first = await page.locator('tbody tr b').first().innerText();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: first, level: 1 }).waitFor();

  await page.getByRole('tab', { name: '推进情况调度统计表' }).click();
  await page.keyboard.press('r');
  await page.locator('td[id$="-gas.found"]').click();
  await page.getByLabel('退回意见').fill(hostile);
  await page.getByPlaceholder('此处的具体意见（可不填）').fill('与台账不符');
  await office.accessible(page);
  await office.shot(page, 'return');
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await page.getByRole('heading', { name: first, level: 1 }).waitFor({ state: 'detached' });

  await at(office, page, '/review');
  await page.getByRole('button', { name: '已退回' }).click();
  await page.locator('tbody tr', { hasText: first }).filter({ hasText: '2023年5月' }).click();
  const decision = page.getByRole('complementary', { name: '审核' });
  await decision.getByText('onerror').first().waitFor();
  await decision.getByText('与台账不符').waitFor();
  assert.match(await decision.innerText(), /城镇燃气/);
  assert.equal(await page.evaluate(() => (window as never as { hit?: number }).hit), undefined);
  await page.getByRole('tab', { name: /推进情况调度统计表\s*1 处/ }).waitFor();
  await page.getByRole('button', { name: '撤销退回' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await page.getByRole('button', { name: /审核通过/ }).waitFor();

  await at(office, page, '/review');
  await page.getByLabel('报送要求').selectOption({ label: '每月工作进展情况和统计台账' });
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 8);
  await page.getByLabel('全选').check();
  const other = await office.client('office_clerk');
  const queue = (await other.get('/api/v1/review?duty=monthly')).body as { lines: { filing: { organization: string }; route: { id: string; version: number } }[] };
  const taken = queue.lines[0]!;
  assert.equal((await other.post(`/api/v1/routes/${taken.route.id}/accept`, { version: taken.route.version })).status, 200);
  await page.getByRole('button', { name: '通过所选（8）' }).click();
  const verdicts = page.locator('.verdicts');
  await verdicts.getByText('办理成功 7 件').waitFor();
  assert.match(await verdicts.innerText(), new RegExp(`未办理 1 件[\\s\\S]*${taken.filing.organization}`));
  await office.shot(page, 'verdicts');
});

onBothEngines('a total opens to the units, their own units, and the cell of a filing', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('office_clerk');
  await at(office, page, '/totals');
  await page.getByLabel('报送期').selectOption({ label: '2023年4月（4月1日—30日）' });
  await page.locator('td[id$="-buildings.units"]').waitFor();
  await office.accessible(page);
  await page.locator('td[id$="-buildings.units"]').click();
  const panel = page.getByRole('complementary', { name: /房屋建筑工程/ });
  await panel.getByRole('button', { name: '看下级：长沙市住房和城乡建设局' }).click();
  await panel.getByText('浏阳市住房和城乡建设局').waitFor();
  await office.accessible(page);
  await office.shot(page, 'totals-open');
  await panel.locator('li', { hasText: '浏阳市住房和城乡建设局' }).last().getByRole('link').click();
  await page.getByRole('heading', { name: '浏阳市住房和城乡建设局', level: 1 }).waitFor();
  await page.getByRole('tab', { name: /推进情况调度统计表/, selected: true }).waitFor();
  await page.getByText('房屋建筑工程，检查情况／检查企业和项目／本期').first().waitFor();

  await at(office, page, '/campaign');
  await page.getByText('每周四17时前，报上周五至本周四四类重要工作信息，只要电子版').first().waitFor();
  await office.accessible(page);
  await office.shot(page, 'campaign');
});

onBothEngines('where not all units of a total come at once the rest comes by a button, and the keyboard goes on at the first new name', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('office_clerk');
  // Pages of four, as if the node had tens of thousands.
  await page.route(/\/totals(\/cell)?\?/, (route) => route.continue({ url: `${route.request().url()}&limit=4` }));
  await at(office, page, '/totals');
  await page.getByLabel('报送期').selectOption({ label: '2023年4月（4月1日—30日）' });
  await page.locator('td[id$="-buildings.units"]').waitFor();
  const units = page.getByRole('complementary', { name: '各单位' });
  await units.getByRole('combobox').selectOption({ label: '已计入' });
  const names = units.getByRole('list', { name: '已计入' });
  const more = units.getByRole('button', { name: '已计入：再显示一些' });
  // Each press is waited for: a second one on its heels would fetch the page that is to be counted.
  for (let shown = await names.locator('li').count(); shown < 4; shown = await names.locator('li').count()) {
    await more.click();
    await names.locator('li').nth(shown).waitFor();
  }
  await units.getByText(/第 1–\d+ 个，共 \d+ 个/).waitFor();
  const before = await names.locator('li').count();
  await more.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((known) => document.activeElement?.closest('li') === document.querySelectorAll('ul.names > li')[known], before);
  await office.accessible(page);
  await office.shot(page, 'totals-more');
  await page.locator('td[id$="-buildings.units"]').click();
  const panel = page.getByRole('complementary', { name: /房屋建筑工程/ });
  await panel.getByLabel('按数值从大到小').check();
  await panel.getByRole('button', { name: '再显示一些' }).click();
  await page.waitForFunction(() => document.querySelectorAll('ul.shares > li').length === 8);
  await office.accessible(page);
});

onBothEngines('a change of structure is tried first, an account tells its password once, and the journal has both', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('system_admin');
  await at(office, page, '/organizations');
  await office.accessible(page);
  await page.getByLabel('按名称查找').fill('株洲市住房');
  await page.getByRole('button', { name: '株洲市住房和城乡建设局' }).click();
  await page.getByRole('button', { name: '更名' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('单位全称').fill('株洲市住房城乡建设和城市更新局');
  await dialog.getByRole('button', { name: '预演' }).click();
  await dialog.getByText('将影响').waitFor();
  await office.accessible(page);
  await office.shot(page, 'organization-trial');
  await dialog.getByRole('button', { name: '确定变更' }).click();
  await page.getByRole('complementary', { name: '株洲市住房城乡建设和城市更新局' }).getByText('株洲市住房和城乡建设局').waitFor();

  await page.getByRole('button', { name: '账号', exact: true }).click();
  await page.getByRole('button', { name: '新建账号' }).click();
  await dialog.getByLabel('登录名').fill('zhuzhou.new');
  await dialog.getByLabel('姓名或岗位名称').fill('株洲市局新联络员');
  await dialog.getByLabel('查找：单位').fill('株洲市住房');
  await dialog.getByLabel('单位', { exact: true }).selectOption({ label: '株洲市住房城乡建设和城市更新局' });
  await dialog.getByRole('button', { name: '建立账号' }).click();
  await page.getByText('密码只显示这一次').waitFor();
  await office.accessible(page);
  assert.match(await page.locator('code').innerText(), /^\S{12,}$/);
  await page.getByRole('button', { name: '已记下' }).click();
  assert.equal(await page.locator('code').count(), 0);

  const auditor = await office.signIn('security_auditor');
  await at(office, auditor, '/journal');
  await auditor.locator('label', { hasText: '操作' }).locator('select').selectOption({ label: '单位更名' });
  await auditor.getByRole('button', { name: '单位更名' }).first().click();
  await auditor.getByRole('complementary', { name: '单位更名' }).getByText('株洲市住房城乡建设和城市更新局').first().waitFor();
  await office.accessible(auditor);
  await office.shot(auditor, 'journal');
});

onBothEngines('in the list of what waits no single key accepts or returns what nobody has opened', async (t, engine) => {
  const office = await openOffice(t, engine);
  const page = await office.signIn('office_clerk');
  await at(office, page, '/review');
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  const before = await rows.count();
  await rows.first().focus();
  for (const key of ['a', 'r', 'x', 'a', 'r']) await page.keyboard.press(key);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.reload({ waitUntil: 'networkidle' });
  await rows.first().waitFor();
  assert.equal(await rows.count(), before);
});
