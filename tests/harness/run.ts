// Runs test files, JOBS at a time (one unless said), and writes the sum: web/bin/node tests/harness/run.ts RESULT.json GLOB…
// A file that fails to load counts as a failure; so does a glob that finds nothing.
import { globSync, writeFileSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [result, ...globs] = process.argv.slice(2);
if (!result || globs.length === 0) throw new Error('run.ts RESULT.json GLOB…');
const only = process.env.ONLY;
const files = globs.flatMap((glob) => globSync(glob)).filter((file) => !only || file.includes(only)).sort();

const sum = { passed: 0, failed: 0, skipped: 0 };
const stream = run({ files, concurrency: Number(process.env.JOBS ?? 1), timeout: 1_500_000 });
stream.on('test:summary', (summary) => {
  if (summary.file !== undefined) return; // the last one is over all files
  const { tests, passed, skipped, todo } = summary.counts;
  Object.assign(sum, { passed, failed: Math.max(0, tests - passed - skipped - todo), skipped: skipped + todo });
});
stream.compose(new spec()).pipe(process.stdout);
stream.on('end', () => {
  writeFileSync(result, JSON.stringify(sum));
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
});
