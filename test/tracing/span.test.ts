import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProviderError } from '#providers/http/error.ts';
import { idGenerator, withIds } from '#tracing/ids.ts';
import { samplerOf } from '#tracing/sampler.ts';
import { inSpan, tracer } from '#tracing/span.ts';
import { idsOfRun, readTrace, withTrace } from '#workflows/contract/trace.ts';

const exporter = new InMemorySpanExporter();
beforeAll(() => {
  const spanProcessors = [new SimpleSpanProcessor({ exporter })];
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors, idGenerator }));
});
afterAll(() => {
  for (const api of [trace, context, propagation]) api.disable();
});

test('of an error, a span holds the type, never the message', async () => {
  const errors = [
    new ProviderError('rate_limited', { endpoint: '/x', detail: 'sk-admin-secret' }),
    Object.assign(new Error('connect to 10.0.0.1 with sk-admin-secret'), { code: 'ECONNREFUSED' }),
    new TypeError('sk-admin-secret is no number'),
  ];
  for (const error of errors) await expect(inSpan('work', {}, () => Promise.reject(error))).rejects.toBe(error);
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual([
    'rate_limited',
    'ECONNREFUSED',
    'TypeError',
  ]);
  for (const { attributes, events, status } of spans) {
    expect(JSON.stringify([attributes, events, status])).not.toContain('secret');
  }
});

test('a run’s span has the ids that follow from the run’s id; the next span has others', () => {
  const ids = idsOfRun('019b0c3e-9d8a-7abc-8def-0123456789ab');
  expect(ids).toEqual({ traceId: '019b0c3e9d8a7abc8def0123456789ab', spanId: '8def0123456789ab' });
  expect(withIds(ids, () => tracer.startSpan('run')).spanContext()).toMatchObject(ids);
  expect(tracer.startSpan('another').spanContext().traceId).not.toBe(ids.traceId);
});

test('a trace goes through the header of Temporal’s SDKs; anything else in it is no trace', () => {
  const traceparent = '00-019b0c3e9d8a7abc8def0123456789ab-8def0123456789ab-01';
  expect(readTrace(withTrace({}, traceparent))).toBe(traceparent);
  expect(readTrace(withTrace({}, 'sk-admin-secret'))).toBeUndefined();
  expect(withTrace({}, undefined)).toEqual({});
});

test.each([
  ['always_on', 'AlwaysOnSampler'],
  ['always_off', 'AlwaysOffSampler'],
  ['traceidratio', 'TraceIdRatioBased{0.25}'],
  [
    'parentbased_traceidratio',
    'ParentBased{root=TraceIdRatioBased{0.25}, remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOffSampler}',
  ],
] as const)('the sampler %s', (name, described) => {
  expect(String(samplerOf(name, 0.25))).toBe(described);
});
