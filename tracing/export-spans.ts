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

type Options = { service: string; sampler: SamplerName; ratio: number; onFailure: (reason: string) => void };

/** Collects spans and sends them by OTLP. Where to, and with which headers, the exporter reads from OTEL_EXPORTER_OTLP_…. */
export function exportSpans({ service, sampler, ratio, onFailure }: Options): () => Promise<void> {
  const silent = () => {};
  diag.setLogger(
    { error: onFailure, warn: silent, info: silent, debug: silent, verbose: silent },
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
  return () => provider.shutdown();
}
