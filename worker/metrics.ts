import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import packageJson from '#package.json' with { type: 'json' };
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

const MEASURED_EVERY_MS = 15_000;

/** Measures this process: its version, its memory, and the longest time for which one thing has held up all others. */
export function measureProcess(): void {
  const meter = Runtime.instance().metricMeter;
  meter.createGauge('pump_build_info', 'int', undefined, 'Always 1').set(1, { version: packageJson.version });
  const memory = meter.createGauge('pump_worker_memory_bytes', 'int', undefined, 'Memory of the worker’s process');
  const held = meter.createGauge('pump_worker_held_up_seconds', 'float', undefined, 'Longest hold-up of late');
  const delays = monitorEventLoopDelay();
  delays.enable();
  const measure = () => {
    memory.set(process.memoryUsage.rss());
    held.set(delays.max / 1e9);
    delays.reset();
  };
  setInterval(measure, MEASURED_EVERY_MS).unref();
  measure();
}
