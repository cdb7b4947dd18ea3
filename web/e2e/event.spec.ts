// An accident is to be told within the hour: the notice says so, the campaign carries the clock, a unit begins its report and sees what is due.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { onBothEngines, openOffice, type Office } from './support/office.ts';

const notice = `湖南省住房和城乡建设厅关于报送汛期安全信息的通知

各市州住房和城乡建设局:

一、每周五16时前,各市州住房和城乡建设局报送本周《汛期巡查周报》。
二、发生险情的,各市州住房和城乡建设局应在接报后1小时内向省厅报送《险情快报》。

湖南省住房和城乡建设厅
2023年5月22日
`;

async function publish(office: Office, clerk: Page): Promise<void> {
  await clerk.goto(`${office.url}/notices`, { waitUntil: 'networkidle' });
  await clerk.getByLabel('或粘贴通知全文').fill(notice);
  await clerk.getByRole('button', { name: '读通知' }).click();
  await clerk.waitForURL(/\/notices\/\w+$/);
  await clerk.getByRole('article').filter({ hasText: '险情快报' }).getByText('事发后1小时内').waitFor();
  await clerk.getByRole('tab', { name: '日历' }).click();
  await clerk.getByRole('region', { name: '有事即报' }).getByText('事发后1小时内').waitFor();
  await office.accessible(clerk);
  await clerk.getByRole('tab', { name: '发布' }).click();
  await clerk.getByLabel('行动标识').fill('flood-2023');
  await clerk.getByRole('button', { name: '试算' }).click();
  await clerk.getByRole('status', { name: '发布结果' }).getByText('发布将带来').waitFor();
  await clerk.getByRole('button', { name: '发布', exact: true }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await clerk.getByText('已发布为专项行动 flood-2023。').waitFor();
}

onBothEngines('an accident is reported within its hour: the due stands there before the report is begun, and who is late is named', async (t, engine) => {
  const office = await openOffice(t, engine);
  await publish(office, await office.signIn('office_clerk'));

  const liaison = await office.signIn('zhuzhou.zj');
  await liaison.getByRole('region', { name: '有事即报' }).getByText('接报后1小时内').waitFor();
  await liaison.getByRole('button', { name: '新建报送：《险情快报》' }).click();
  const dialog = liaison.getByRole('dialog');
  await dialog.getByRole('button', { name: '新建报送' }).click();
  await dialog.getByRole('alert').getByText('请填写日期和时刻').waitFor();
  await dialog.getByLabel('时刻').fill('23点');
  await dialog.getByLabel('事项名称').click();
  await dialog.getByText('事项发生时间不能晚于现在').waitFor();
  await dialog.getByLabel('时刻').fill('8点20');
  await dialog.getByLabel('事项名称').fill('某河段堤岸渗漏');
  await dialog.getByRole('status').getByText('5月25日 周四 09:20 截止').waitFor();
  await office.accessible(liaison);
  await office.shot(liaison, 'event-begin');
  await dialog.getByRole('button', { name: '新建报送' }).click();
  await liaison.waitForURL('**/filings/*');
  await liaison.getByRole('heading', { name: '《险情快报》（某河段堤岸渗漏）' }).waitFor();
  await liaison.getByText('接报时间 5月25日 周四 08:20，接报后1小时内').waitFor();
  await liaison.getByText('5月25日 周四 09:20', { exact: false }).first().waitFor();
  await office.accessible(liaison);
  await office.shot(liaison, 'event-filing');
  await liaison.goto(`${office.url}/my-work`, { waitUntil: 'networkidle' });
  await liaison.locator('.work-row', { hasText: '《险情快报》（某河段堤岸渗漏）' }).getByText('接报时间 5月25日').waitFor();
  await office.shot(liaison, 'event-owed');

  await office.moveClock('2023-05-25T09:20:01+08:00');
  const api = await office.client('office_clerk');
  const { body: campaign } = await api.get<{ duties: { duty: string; definition: { onEvent: boolean } }[] }>('/api/v1/campaigns/flood-2023');
  const duty = campaign.duties.find((one) => one.definition.onEvent)?.duty ?? '';
  const { body: matrix } = await api.get<{ missing: { name: string; reading: string }[] }>(`/api/v1/campaigns/flood-2023/matrix?duty=${duty}`);
  assert.deepEqual(matrix.missing.map((one) => [one.name, one.reading]), [['株洲市住房和城乡建设局', 'overdue']]);
});
