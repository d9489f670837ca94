import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const common = {
  // Temporal's native parts want processes of their own, not threads.
  pool: 'forks',
  // Limits are for what hangs: a machine that is busy with other work may take its time.
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000, interval: 100 } },
} as const;
// Needs no server.
const unit = [
  'test/{architecture,full-disk}.test.ts',
  'test/domain/*.test.ts',
  'test/providers/**/*.test.ts',
  'test/clickhouse/{sql,scale,complete-stream,schema-files}.test.ts',
  'test/deployment/{compose,lockfile}.test.ts',
  'test/dev/simulators/**/*.test.ts',
  'test/dev/{scripts.test.ts,demo/*.test.ts}',
];

export default defineConfig({
  test: {
    // Most tests wait for the servers rather than compute: more of them than cores run at once.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    projects: [
      // Small files share processes, and so their imports. Workers of Temporal must not: what a file's worker left behind
      // fails in the next file's.
      { test: { ...common, name: 'unit', isolate: false, include: unit } },
      {
        test: {
          ...common,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: unit,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
