import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { type AnomalySettings, isMuted } from '#domain/anomalies/sensitivity.ts';
import { CAUSE_DIMENSIONS, type CauseDimension } from '#domain/causes/cost-change.ts';
import { displayName } from '../ui/format/name.ts';

/** A project, API key, model or line item, as the settings of unusual costs have it. */
export type Subject = AnomalySettings['muted'][number];

/** What an alert of unusual costs is about. None of other alerts, of a whole organization, and of what is not attributed. */
export function subjectToMute({ kind, filters }: AlertView): Subject | undefined {
  if (kind !== 'anomaly') return undefined;
  const dimension = CAUSE_DIMENSIONS.find((each) => filters[each]);
  const value = dimension && filters[dimension]?.[0];
  return dimension && value ? { dimension, value } : undefined;
}

/** The name that an alert knows for its subject. */
export function nameOfSubject({ causes }: AlertView, { dimension, value }: Subject): string | undefined {
  const its = causes?.contributors.find((each) => each[dimension] === value);
  return { project_id: its?.project_name, api_key_id: its?.api_key_name, model: value, line_item: value }[dimension];
}

const noun: Record<CauseDimension, string> = {
  project_id: 'project',
  api_key_id: 'API key',
  model: 'model',
  line_item: 'line item',
};

/** `name`: where one is known. */
export const subjectInWords = ({ dimension, value }: Subject, name = ''): string =>
  `${noun[dimension]} ${displayName(name) || value}`;

/** Others stay as they are; a subject is muted once. */
export const mute = (subject: Subject, muted: readonly Subject[]): Subject[] => [...unmute(subject, muted), subject];

export const unmute = (subject: Subject, muted: readonly Subject[]): Subject[] =>
  muted.filter((each) => !isMuted(each, { muted: [subject] }));
