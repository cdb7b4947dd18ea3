// The pictures of the guides, docs/screenshots/*.png, from the demo as a newcomer finds it: bin/screenshots.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tree } from '../../tests/harness/folder.ts';
import { openOffice } from './support/office.ts';

const folder = join(tree, 'docs/screenshots');

// Whose page, where, and the file's name.
const pictures: [who: string, path: string, name: string][] = [
  ['liaison', '/my-work', 'my-work'],
  ['office_clerk', '/matrix', 'matrix'],
  ['office_clerk', '/review', 'review'],
  ['office_clerk', '/totals', 'totals'],
  ['office_clerk', '/campaign', 'campaign'],
  ['system_admin', '/organizations', 'organizations'],
  ['security_auditor', '/journal', 'journal'],
];

test('the guides show the product as it is', async (t) => {
  mkdirSync(folder, { recursive: true });
  const office = await openOffice(t, 'sqlite');
  for (const [who, path, name] of pictures) {
    const page = await office.signIn(who);
    await page.goto(`${office.url}${path}`, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.context().close();
  }
  const page = await office.signIn('office_clerk');
  await page.goto(`${office.url}/notices`, { waitUntil: 'networkidle' });
  await page.getByLabel('或粘贴通知全文').fill(readFileSync(join(tree, 'docs/sample-notice.txt'), 'utf8'));
  await page.getByRole('button', { name: '读通知' }).click();
  await page.locator('mark').first().click();
  await page.screenshot({ path: join(folder, 'notice.png') });
});
