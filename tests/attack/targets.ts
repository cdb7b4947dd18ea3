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

const { body } = await client.get<{ paths: Record<string, Record<string, Operation>> }>('/api/v1/openapi.json');
const targets = Object.entries(body.paths).filter(([, verbs]) => verbs.get).map(([path, verbs]) => {
  const query = (verbs.get?.parameters ?? []).filter((one) => one.in === 'query').map((one) => `${one.name}=1`).join('&');
  return url + path.replace(/\{[^}]+\}/g, '1*') + (query ? `?${query}` : '');
});
writeFileSync(join(folder, 'targets'), targets.join('\n') + '\n');
writeFileSync(join(folder, 'cookie'), client.cookie);
