import type { SamplerName } from './sampler.ts';

export type TracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER: SamplerName;
  OTEL_TRACES_SAMPLER_ARG: number;
};

/**
 * Sends this process's spans to an OpenTelemetry collector, where one is named. Its packages are loaded only then.
 * @param onFailure called where spans could not be sent
 * @returns what sends the last ones
 */
export async function startTracing(
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio }: TracingSettings,
  onFailure: (reason: string) => void,
): Promise<() => Promise<void>> {
  if (!OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {};
  const { exportSpans } = await import('./export-spans.ts');
  return exportSpans({ service, sampler, ratio, onFailure });
}
