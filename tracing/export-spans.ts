import { setTimeout as delay } from 'node:timers/promises';
import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import packageJson from '#package.json' with { type: 'json' };
import { idGenerator } from './ids.ts';
import { type SamplerName, samplerOf } from './sampler.ts';

/** How long a process that stops waits for a collector that does not respond. */
const LAST_MS = 3_000;

type Options = { service: string; sampler: SamplerName; ratio: number; onFailure: (reason: string) => void };

/** Collects spans and sends them by OTLP. Where to, and with which headers, the exporter reads from OTEL_EXPORTER_OTLP_…. */
export function exportSpans({ service, sampler, ratio, onFailure }: Options): () => Promise<void> {
  const silent = () => {};
  diag.setLogger(
    { error: (report) => onFailure(messageOf(report)), warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const ours = resourceFromAttributes({ 'service.name': service, 'service.version': packageJson.version });
  const theirs = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  const provider = new TracerProvider({
    resource: defaultResource().merge(ours).merge(theirs),
    sampler: samplerOf(sampler, ratio),
    idGenerator,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);

  return async () => {
    const sent = provider.shutdown().then(
      () => true,
      () => false,
    );
    if (!(await Promise.race([sent, delay(LAST_MS, false, { ref: false })])))
      onFailure('the last spans were not taken');
  };
}

/** The SDK reports an error as JSON with its stack. */
const messageOf = (report: string) => /"message":"([^"]*)"/.exec(report)?.[1] ?? report;
