import { Runtime, type RuntimeOptions } from '@temporalio/worker';

/** Makes the runtime answer Prometheus at an address, with the SDK's own metrics and ours. */
export const prometheusAt = (bindAddress: string): NonNullable<RuntimeOptions['telemetryOptions']> => ({
  metrics: {
    prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
  },
});

/** Counts calls of OpenAI; a status of 0 is no answer. */
export function countCalls(): (endpoint: string, status: number) => void {
  const calls = Runtime.instance().metricMeter.createCounter(
    'pump_openai_requests',
    undefined,
    'Calls of OpenAI by endpoint and status; the status none is no answer',
  );
  return (endpoint, status) => calls.add(1, { endpoint: withoutIds(endpoint), status: status ? `${status}` : 'none' });
}

const withoutIds = (endpoint: string) => endpoint.replace(/(?<=\/projects\/)[^/]+/, '{project_id}');
