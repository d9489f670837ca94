import { defineConfig } from 'vitest/config';
import { LongestFirst } from '#test/support/longest-first.ts';

const common = {
  // The engine and Temporal's native parts want processes of their own, not threads.
  pool: 'forks',
  // Limits are for what hangs: a machine that is busy with other work may take its time.
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000, interval: 100 } },
} as const;
// What needs no server and leaves nothing behind; these many small files share processes, and so their imports.
const small = ['test/domain/*.test.ts', 'test/providers/*/*.test.ts', 'test/dev/simulators/openai/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Most tests wait for the servers rather than compute: more of them than cores go at once.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    projects: [
      { test: { ...common, name: 'small', include: small, isolate: false } },
      { test: { ...common, name: 'whole', include: ['test/**/*.test.ts'], exclude: small } },
    ],
  },
});
