import type { CauseDimension } from '../causes/cost-change.ts';
import type { Decimal } from '../decimal.ts';

export const SENSITIVITIES = ['off', 'low', 'medium', 'high'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What a tenant wants to be told of. */
export type AnomalySettings = {
  sensitivity: Sensitivity;
  /** Costs that are less than this above what is usual are no anomaly, in whatever currency. */
  minimum: Decimal;
  /** Subjects that are never told, whatever their currency. */
  muted: readonly { dimension: CauseDimension; value: string }[];
};

/** Whether a subject is muted, whatever its currency. */
export const isMuted = (subject: { dimension: string; value: string }, { muted }: Pick<AnomalySettings, 'muted'>) =>
  muted.some(({ dimension, value }) => dimension === subject.dimension && value === subject.value);

export const DEFAULT_SETTINGS: AnomalySettings = { sensitivity: 'medium', minimum: '20', muted: [] };

/** How far outside is far: so many times what the costs scatter by, and such a share above what is usual. */
export const FAR_OUTSIDE = {
  low: { scatters: 8, ofDay: 1.5, ofWeek: 0.8 },
  medium: { scatters: 5, ofDay: 0.6, ofWeek: 0.3 },
  high: { scatters: 3.5, ofDay: 0.3, ofWeek: 0.2 },
} as const satisfies Record<Exclude<Sensitivity, 'off'>, { scatters: number; ofDay: number; ofWeek: number }>;
