import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import { endpointPattern } from '#providers/http/endpoint-pattern.ts';

/** Serves the SDK's metrics and ours to Prometheus at an address. */
export const prometheusAt = (
  bindAddress: string,
): NonNullable<NonNullable<RuntimeOptions['telemetryOptions']>['metrics']> => ({
  prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
});

/** Counts requests to OpenAI; a status of 0 means that there was no response. */
export function countCalls(): (endpoint: string, status: number) => void {
  const calls = Runtime.instance().metricMeter.createCounter(
    'pump_openai_requests',
    undefined,
    'Requests to OpenAI by endpoint and status; none: no response',
  );
  return (endpoint, status) =>
    calls.add(1, { endpoint: endpointPattern(endpoint), status: status ? `${status}` : 'none' });
}
