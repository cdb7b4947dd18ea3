import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { components } from '.';

const templates = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.vue'));

it('every Element Plus component that a template names is in the bundle', () => {
  for (const path of templates)
    for (const [, name] of readFileSync(join('src', path), 'utf8').matchAll(/<(El[A-Z]\w+)/g))
      expect(Object.keys(components), `${path} uses ${name}`).toContain(name);
});

// threats D2
it('no template writes markup from data', () => {
  for (const path of templates) expect(readFileSync(join('src', path), 'utf8'), path).not.toMatch(/v-html|innerHTML|outerHTML/);
});

it('the lock file names no host, so that any mirror serves it', () => {
  const lock = readFileSync('package-lock.json', 'utf8');
  expect(lock).not.toContain('"resolved"');
  expect(lock).toContain('"lockfileVersion": 3');
});
