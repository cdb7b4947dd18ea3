// The demo's accounts, as the loader wrote them into the data folder.
import { readFileSync } from 'node:fs';

export interface Account { role: string; account: string; password: string; owner: string }

// demo-accounts.txt: role, account, password and whose it is, parted by tabs; other lines are for people.
export function readAccounts(file: string): Account[] {
  const lines = readFileSync(file, 'utf8').split('\n').map((line) => line.split('\t').map((word) => word.trim()));
  return lines.filter((words) => words.length >= 4).map(([role = '', account = '', password = '', owner = '']) => ({ role, account, password, owner }));
}
