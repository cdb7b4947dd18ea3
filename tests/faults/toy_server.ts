// The smallest server that can keep or break a promise, for trying the probe itself: toy_server.ts FOLDER PORT honest|early|double
// Each write is a line of FOLDER/lines with its own check, synced before the answer (honest) or not at all (early). A line cut
// in half by a power loss is dropped at the start. "double" forgets that it has seen a key, and hangs up after some writes.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [folder = '', port = '', way = ''] = process.argv.slice(2);
const path = join(folder, 'lines');
const check = (key: string) => createHash('sha256').update(key).digest('hex').repeat(8);
const seen: string[] = [];
const known = new Set<string>();
let whole = 0;
for (const line of existsSync(path) ? readFileSync(path, 'latin1').split('\n').slice(0, -1) : []) {
  const [key = '', sum] = line.split(' ');
  if (sum !== check(key)) break;
  whole += line.length + 1;
  seen.push(key), known.add(key);
}
const file = openSync(path, 'a');
ftruncateSync(file, whole);
fsyncSync(file);
const directory = openSync(folder, 'r');
fsyncSync(directory);
closeSync(directory);

createServer((request, answer) => {
  const key = String(request.headers['idempotency-key'] ?? '');
  if (request.method === 'POST' && (way === 'double' || !known.has(key))) {
    writeSync(file, `${key} ${check(key)}\n`);
    if (way !== 'early') fsyncSync(file);
    seen.push(key), known.add(key);
  }
  if (way === 'double' && request.method === 'POST' && seen.length % 20 === 0) return void request.socket.destroy();
  answer.end(request.method === 'GET' ? JSON.stringify(seen) : '');
}).listen(Number(port), '127.0.0.1');
