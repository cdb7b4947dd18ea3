// web/bin/node tests/bites/run.ts COPY [WORD…]: see bin/bite.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bites, type Bite, type Break } from './bites.ts';

const [copy, ...words] = process.argv.slice(2);
if (!copy) throw new Error('run.ts COPY [WORD…]');
const build = join(copy, 'build/debug');
const chosen = bites.filter((bite) => words.length === 0 || words.some((word) => bite.name.includes(word)));

// A suite that runs on both engines has their name before its own.
const filterOf = (bite: Bite) => bite.tests.split(':').map((one) => `*${one}`).join(':');

// A program's own end; what kept it from running, or cut it off, is no end that tells anything.
function ran(program: string, args: string[], cwd = copy!) {
  const run = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 29 });
  if (run.error) throw run.error;
  return run;
}

const make = () => ran('cmake', ['--build', build, '--target', 'anban_tests']);

// The break must fit exactly one place: a bite that no longer fits the code says so instead of passing.
function broken({ file, was, is }: Break, text: string): string {
  const places = text.split(was).length - 1;
  if (places !== 1) throw new Error(`${file} holds ${places} times: ${was}`);
  return text.replace(was, () => is);
}

// The tests that failed; none where the break was not seen.
function bitten(bite: Bite): string[] {
  if (bite.file.startsWith('web/')) {
    const run = ran('bin/test', ['--reporter=default', bite.tests], join(copy!, 'web'));
    return [...(run.stdout + run.stderr).matchAll(/FAIL +(.+)/g)].map((found) => found[1]!.trim());
  }
  const built = make();
  if (built.status !== 0) throw new Error(`the broken code does not build:\n${built.stdout.slice(-2000)}`);
  const run = ran(join(build, 'anban_tests'), ['--gtest_brief=1', `--gtest_filter=${filterOf(bite)}`]);
  if (run.signal) return [`ended by ${run.signal}`];
  return [...new Set([...run.stdout.matchAll(/^\[  FAILED  \] (\S+?),? .*ms\)$/gm)].map((found) => found[1]!))];
}

function tried(bite: Bite): string[] {
  const mend: (() => void)[] = [];
  try {
    for (const one of [bite, ...(bite.also ? [bite.also] : [])]) {
      const path = join(copy!, one.file);
      const whole = readFileSync(path, 'utf8');
      writeFileSync(path, broken(one, whole));
      mend.push(() => writeFileSync(path, whole));
    }
    return bitten(bite);
  } finally {
    for (const back of mend.reverse()) back();
  }
}

// The tests that bite are green on the whole code: else any break would look seen.
function refuseSickTests() {
  execFileSync('cmake', ['--preset', 'debug'], { cwd: copy, stdio: 'ignore' });
  const built = make();
  if (built.status !== 0) throw new Error(built.stdout.slice(-2000));
  const filter = chosen.filter((bite) => !bite.file.startsWith('web/')).map(filterOf).join(':');
  if (!filter) return;
  const run = ran(join(build, 'anban_tests'), ['--gtest_brief=1', `--gtest_filter=${filter}`]);
  if (run.status !== 0) throw new Error(`the tests fail before anything is broken:\n${run.stdout.slice(-2000)}`);
}

refuseSickTests();
let unseen = 0;
for (const bite of chosen) {
  let seen: string[] = [];
  let trouble = '';
  try {
    seen = tried(bite);
  } catch (error) {
    trouble = String(error);
  }
  if (seen.length === 0) ++unseen;
  console.log(`${seen.length ? 'bitten' : 'UNSEEN'}  ${bite.name}${seen.length ? `: ${seen.join(', ')}` : ''}${trouble && ` (${trouble})`}`);
}
console.log(`${chosen.length - unseen} passed, ${unseen} failed`);
process.exitCode = unseen === 0 && chosen.length > 0 ? 0 : 1;
