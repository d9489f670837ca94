import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const common = {
  // Temporal's native parts want processes of their own, not threads.
  pool: 'forks',
  // Limits are for what hangs: a machine that is busy with other work may take its time.
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000, interval: 250 } },
} as const;
// Needs no server.
const unit = [
  'test/{architecture,full-disk}.test.ts',
  'test/environment/*.test.ts',
  'test/{bench,domain,tracing}/*.test.ts',
  'test/docs/signatures.test.ts',
  'test/api/{audited-path,deadline,fields,to-problem}.test.ts',
  'test/worker/{ensure-search-attributes,histories-of,process/*}.test.ts',
  'test/activities/{byte-budget,day-writer,held-days,post,raise-ended,window-sizes}.test.ts',
  'test/providers/**/*.test.ts',
  'test/clickhouse/{sql,scale,complete-stream,content-hash,expected-days,packed-columns,schema-files,text-of,to-freshness,to-reconciliation}.test.ts',
  'test/deployment/{alerts,chart,compose,lockfile}.test.ts',
  'test/dev/simulators/**/*.test.ts',
  'test/dev/{scripts.test.ts,demo/*.test.ts,stack/addresses.test.ts}',
  'test/dev/chdb-server/{background,city-hash,lexer,pipes,statement}.test.ts',
  'test/chaos/{provider,table}.test.ts',
  'test/web/{alerts,budgets,burn-up,channels,compare,csv,css-modules,day-states,dimensions,early-responses,fetch,limits,marked-periods,missing-days,money,month-gaps,names,not-understood,overview-part,periods,ranges,restatements,series,sum-groups,time-left,trouble,worth-a-look}.test.ts',
  'test/fuzz/{decimals,line-items,provider-responses,statement}.test.ts',
];

// Run workers of Temporal, whose hooks into promises would fail in the next file of the same process.
const workers = [
  'test/{activities,worker,workflows}/*.test.ts',
  'test/api/idempotency.test.ts',
  'test/web/connect.test.ts',
];
// By itself: it starts servers of its own, and kills them.
const chaos = 'test/chaos/short.test.ts';
const globalSetup = ['test/support/global-setup.ts'];

export default defineConfig({
  test: {
    // Most tests wait for the servers rather than compute: more of them than cores run at once.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    projects: [
      // Files share processes, and so their imports, the browser and its pages.
      { test: { ...common, name: 'unit', isolate: false, include: unit } },
      {
        test: {
          ...common,
          name: 'servers',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...unit, ...workers, chaos],
          globalSetup,
        },
      },
      { test: { ...common, name: 'workers', include: workers, exclude: unit, globalSetup } },
      { test: { ...common, name: 'chaos', include: [chaos], globalSetup } },
    ],
  },
});
