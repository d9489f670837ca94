import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTracing } from '#tracing/start.ts';
import { type SentSpan, startCollector } from '../support/collector.ts';
import { startScheduled } from '../support/scheduled-run.ts';
import { type Stack, startStack } from '../support/stack.ts';

let collector: Awaited<ReturnType<typeof startCollector>>;
let stack: Stack;
let runId: string;
const failures: string[] = [];
beforeAll(async () => {
  collector = await startCollector();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url; // the exporter reads it by itself
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '120000'; // a busy machine is no failure
  const stopTracing = await startTracing(
    'pump-test',
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_TRACES_SAMPLER_ARG: 1,
    },
    (reason) => failures.push(reason),
  );
  stack = await startStack({ historyDays: 2, simulator: { factsPerDay: 1 } });
  const integration_id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
  const sync = await startScheduled(stack.temporal, { tenant_id: stack.tenantId, integration_id });
  await sync.result();
  runId = (await sync.describe()).runId;
  await stack.untilQuiet();
  await stack.api('/v1/costs?from=2026-01-01&to=2026-01-02&project_id=not-to-be-seen');
  await stopTracing();
});
afterAll(async () => {
  await stack.stop();
  await collector.close();
});

const spansOf = (trace: string) => collector.spans.filter((each) => each.trace === trace);

/** The names from the first span of the trace to this one. */
function pathTo(span: SentSpan): string[] {
  const above = spansOf(span.trace).find(({ id }) => id === span.parent);
  return [...(above ? pathTo(above) : []), span.name];
}

test('one trace leads from the request through workflows and activities to ClickHouse and to OpenAI', () => {
  const request = collector.spans.find(({ name }) => name === 'POST /v1/integrations');
  if (!request) throw new Error('the request is no span');
  const paths = spansOf(request.trace).map((span) => pathTo(span).join(' > '));
  const started = 'POST /v1/integrations > start connectIntegration > connectIntegration';
  const changed = `${started} > requestActivation > signal changeIntegration > changeIntegration`;
  expect(paths).toEqual(
    expect.arrayContaining([
      'POST /v1/integrations > insert into credentials',
      `${started} > validateKey > GET /organization/costs`,
      `${started} > validateKey > credential`,
      `${changed} > recordIntegration > write integration`,
      `${changed} > backfill > syncSlices > insert into cost_days`,
    ]),
  );
});

test('a run of the schedule is a trace of its own, which the run’s id leads to', () => {
  const paths = spansOf(runId.replaceAll('-', '')).map((span) => pathTo(span).join(' > '));
  expect(paths).toEqual(
    expect.arrayContaining([
      'dailySync',
      'dailySync > syncSlices > GET /organization/costs',
      'dailySync > recordOutcome',
    ]),
  );
});

test('spans say what it was and how it ended', () => {
  const request = collector.spans.find(({ name }) => name === 'GET /v1/costs');
  expect(request).toMatchObject({
    service: 'pump-test',
    failed: false,
    attributes: { 'http.route': '/v1/costs', 'http.response.status_code': 200 },
  });
  const statement = collector.spans.find(({ parent }) => parent === request?.id);
  expect(statement?.attributes).toMatchObject({
    'db.system.name': 'clickhouse',
    'clickhouse.query_id': expect.any(String),
  });
  expect(failures).toEqual([]);
});

test('no span holds a key, a token or what was asked for', () => {
  const sent = Buffer.concat(collector.bodies);
  for (const secret of [...Object.values(stack.simulator.keys), stack.token, 'not-to-be-seen', 'SELECT']) {
    expect(sent.includes(secret)).toBe(false);
  }
});
