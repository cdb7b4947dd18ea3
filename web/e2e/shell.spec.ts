// Sign-in and the frame of the page, against answers given here; the journeys with the real server start their own.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axe, output, startScene, type Scene } from './browser.ts';

const post = { id: 'a1', title: '联络员', role: 'liaison', organization: { id: 'o1', name: '株洲市住房和城乡建设局' } };
const session = {
  person: { id: 'p1', name: '株洲市住建局联络员', account: 'zz-zjj' }, post, posts: [post], role: 'liaison', rights: [], csrfToken: 't',  // no page of a feature: the frame alone
  mustChangePassword: false, businessTime: '2023-05-25T09:00:00.000+08:00', businessTimeMoved: true, demo: true,
  campaigns: [{ id: 'hunan-2023', title: '重大事故隐患专项排查整治行动' }, { id: 'other', title: '岁末年初安全生产大排查大整治' }],
};

let scene: Scene;
let page: Page;
let signedIn = false;
let firstTime = false;

before(async () => { scene = await startScene(); });
after(() => scene.end());

beforeEach(async () => {
  signedIn = false;
  firstTime = false;
  page = await scene.newPage({}, '401');
  await page.route('**/api/v1/session', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') signedIn = request.postDataJSON().password === 'right';
    if (request.method() === 'DELETE') signedIn = false;
    if (request.method() === 'DELETE') return route.fulfill({ json: {} });
    if (signedIn) return route.fulfill({ json: { ...session, mustChangePassword: firstTime } });
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ status: 401, code: 'session.none', params: {}, errors: [], requestId: 'r1' }) });
  });
});
afterEach(() => scene.endPage(page));

it('signs in by keyboard, comes back to where one wanted to go, and out again', async () => {
  await page.goto(`${scene.base}somewhere?x=1`);
  await page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.get('to') === '/somewhere?x=1');
  assert.deepEqual(await axe(page), []);
  await page.keyboard.type('zz-zjj');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.screenshot({ path: output + 'sign-in.png' });
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/somewhere' && url.search === '?x=1');
  assert.ok((await page.locator('main').innerText()).includes('没有这个页面'));
  await page.getByRole('button', { name: '株洲市住建局联络员' }).click();
  await page.getByText('退出登录').click();
  await page.waitForURL('**/sign-in');
});

it('shows the frame with campaign, clock and person, and switches the language', async () => {
  signedIn = true;
  await page.goto(scene.base);
  await page.getByRole('note').first().waitFor();
  assert.ok((await page.getByRole('note').first().innerText()).includes('2023年5月25日 09:00'));
  assert.deepEqual(await axe(page), []);
  await page.screenshot({ path: output + 'shell.png' });
  await page.getByRole('button', { name: '行动 重大事故隐患专项排查整治行动' }).click();
  await page.getByRole('menuitem', { name: '岁末年初安全生产大排查大整治' }).click();
  await page.getByRole('button', { name: '行动 岁末年初' }).waitFor();
  await page.getByRole('button', { name: '中 / EN' }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.setViewportSize({ width: 1093, height: 500 });
  assert.equal((await page.getByRole('navigation').boundingBox())!.width, 52);
  await page.screenshot({ path: output + 'shell-narrow.png' });
});

it('asks a new account for a password of its own before anything else', async () => {
  signedIn = true;
  firstTime = true;
  let sent: unknown;
  await page.route('**/api/v1/session/password', (route) => {
    sent = route.request().postDataJSON();
    firstTime = false;
    return route.fulfill({ json: {} });
  });
  await page.goto(`${scene.base}somewhere`);
  await page.waitForURL('**/password');
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('当前密码').fill('given');
  await page.getByLabel('新密码', { exact: true }).fill('mine is long');
  await page.getByLabel('再输一次新密码').fill('other');
  await page.getByRole('button', { name: '保存' }).click();
  assert.ok((await page.getByRole('alert').innerText()).includes('两次输入的新密码不一致'));
  await page.getByLabel('再输一次新密码').fill('mine is long');
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  assert.deepEqual(sent, { current: 'given', fresh: 'mine is long' });
});

it('draws every mark of a state with its word', async () => {
  await page.goto(`${scene.base}harness/marks.html`);
  assert.equal(await page.locator('.state-mark').count(), 30);
  for (const mark of await page.locator('.state-mark').all()) {
    assert.notEqual((await mark.innerText()).trim(), '');
    assert.ok((await mark.locator('svg > *').count()) > 0);
  }
  await page.screenshot({ path: output + 'marks.png', clip: { x: 0, y: 0, width: 1366, height: 140 } });
});
