import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceRequests } from '#api/http/trace-requests.ts';
import { ProviderError } from '#providers/http/error.ts';
import { idGenerator, withIds } from '#tracing/ids.ts';
import { samplerOf } from '#tracing/sampler.ts';
import { inSpan, tracer } from '#tracing/span.ts';
import { idsOfRun, readTrace, withTrace } from '#workflows/contract/trace.ts';

const exporter = new InMemorySpanExporter();
beforeAll(() => {
  const spanProcessors = [new SimpleSpanProcessor({ exporter })];
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors, idGenerator }));
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
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

test.each([0, 1])('behind %s trusted proxies, a request goes on with a trace or is linked with it', async (proxies) => {
  const traceId = '019b0c3e9d8a7abc8def0123456789ab';
  const app = express().set('trust proxy', proxies).use(traceRequests);
  const server = app.get('/', (_request, response) => void response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  exporter.reset();
  const headers = { traceparent: `00-${traceId}-8def0123456789ab-01`, connection: 'close' };
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
  await promisify(server.close.bind(server))();
  const [span] = exporter.getFinishedSpans();
  expect(span?.links.map((link) => link.context.traceId)).toEqual(proxies === 0 ? [traceId] : []);
  expect(span?.spanContext().traceId === traceId).toBe(proxies === 1);
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
