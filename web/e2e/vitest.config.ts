// Browser tests of parts of the page without the server (bin/grid-e2e). The journeys with the server are in tests/e2e.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { environment: 'node', include: ['e2e/**/*.e2e.ts'], fileParallelism: false, testTimeout: 30_000, hookTimeout: 60_000 },
});
