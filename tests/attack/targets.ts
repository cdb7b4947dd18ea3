// targets.ts URL ACCOUNTS FOLDER: signs in and writes FOLDER/cookie and FOLDER/targets, one address for each GET of the API.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccounts } from '../harness/accounts.ts';
import { Client } from '../harness/client.ts';

const [url = '', accounts = '', folder = ''] = process.argv.slice(2);
interface Operation { parameters?: { name: string; in: string }[] }
const client = new Client(url);
const clerk = readAccounts(accounts).find((one) => one.role === 'office_clerk');
if (!clerk) throw new Error(`no office_clerk in ${accounts}`);
await client.signIn(clerk.account, clerk.password);

// Real values, so that the attack reaches the statements behind the first question "is it there?".
interface Matrix { rows: { organizationId: string; cells: { slot: string; routeId: string; filingId: string }[] }[] }
const campaigns = await client.get<{ campaigns: { id: string }[] }>('/api/v1/campaigns');
const campaign = campaigns.body.campaigns[0]?.id;
if (!campaign) throw new Error('the demo holds no campaign');
const matrix = await client.get<Matrix>(`/api/v1/campaigns/${campaign}/matrix?duty=monthly`);
const row = matrix.body.rows[0];
const cell = row?.cells[0];
if (!row || !cell) throw new Error('the demo holds no monthly filing');
const values: Record<string, string> = {
  duty: 'monthly', part: 'statistics', slot: cell.slot, cell: 'gas.found', organization: row.organizationId, node: row.organizationId, receiver: row.organizationId,
  limit: '10', after: '0', from: '2023-03-01', to: '2023-06-01', asOf: '2023-05-01', month: '2023-04', number: '1', kind: 'place', edge: 'place', search: 'a',
};
const ids: Record<string, string> = { campaigns: campaign, filings: cell.filingId, organizations: row.organizationId };
const place = (path: string) => path.replace(/\/([a-z-]+)\/\{id\}/, (_, name: string) => `/${name}/${ids[name] ?? '1'}*`)
  .replace(/\{([^}]+)\}/g, (_, name: string) => `${values[name] ?? '1'}*`);

const { body } = await client.get<{ paths: Record<string, Record<string, Operation>> }>('/api/v1/openapi.json');
const targets = Object.entries(body.paths).filter(([, verbs]) => verbs.get).map(([path, verbs]) => {
  const query = (verbs.get?.parameters ?? []).filter((one) => one.in === 'query').map((one) => `${one.name}=${values[one.name] ?? '1'}`).join('&');
  return url + place(path) + (query ? `?${query}` : '');
}).filter((target) => /[*?]/.test(target));
writeFileSync(join(folder, 'targets'), targets.join('\n') + '\n');
writeFileSync(join(folder, 'cookie'), client.cookie);
