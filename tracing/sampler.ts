import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

const samplers = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio: number) => new TraceIdRatioBasedSampler(ratio),
} satisfies Record<string, (ratio: number) => Sampler>;

type Root = keyof typeof samplers;
export type SamplerName = Root | `parentbased_${Root}`;

/** Which traces are sent, by the names that OpenTelemetry gives its samplers. */
export function samplerOf(name: SamplerName, ratio: number): Sampler {
  const root = samplers[name.replace('parentbased_', '') as Root](ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
