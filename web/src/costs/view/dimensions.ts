import { pageDimensions } from '#domain/page-address.ts';
import { displayName } from '../../ui/format/name.ts';

/** What spend is grouped and filtered by. A click on a value filters by it and groups by the next dimension. */
export const dimensions = pageDimensions;
export type Dimension = (typeof dimensions)[number];

/** Dimensions that few organizations have; by each, the values that say nothing. */
export const rareDimensions = { api_source: ['', 'unlabeled'], service_tier: [''] } as const;

export const dimensionName: Record<Dimension, string> = {
  project_id: 'Project',
  model: 'Model',
  api_key_id: 'API key',
  user_id: 'User',
  token_type: 'Token type',
  service: 'Service',
  api_source: 'API source',
  service_tier: 'Service tier',
};

const notAttributed: Record<Dimension, string> = {
  project_id: 'No project',
  model: 'No model',
  api_key_id: 'No API key',
  user_id: 'No user',
  token_type: 'Not by token',
  service: 'No service',
  api_source: 'Not known',
  service_tier: 'Standard',
};

/** Values whose own name says too little. */
const valueNames: Partial<Record<Dimension, Readonly<Record<string, string>>>> = {
  token_type: { none: 'Not by token' },
  api_source: { agents_api: 'Agents', unlabeled: 'Other than agents' },
};

/** The fields of the API with the names of ids. */
const namesOfIds = { project_id: 'project_name', api_key_id: 'api_key_name', user_id: 'user_name' } as const;
export const nameFields: Partial<Record<Dimension, (typeof namesOfIds)[keyof typeof namesOfIds]>> = namesOfIds;
const isId = (dimension: Dimension): dimension is keyof typeof namesOfIds => dimension in namesOfIds;
type Row = { [field in (typeof namesOfIds)[keyof typeof namesOfIds]]?: string | undefined };

/** The name that a row has for its value. */
export const nameIn = (dimension: Dimension, row: Row | undefined): string | undefined =>
  isId(dimension) ? row?.[namesOfIds[dimension]] : undefined;

/** A value as it is displayed. `name`: the name that the API has for an id. */
export function labelOf(dimension: Dimension, value: string, name?: string): string {
  if (value === '') return notAttributed[dimension];
  if (isId(dimension)) return displayName(name ?? '') || value;
  return valueNames[dimension]?.[value] ?? (dimension === 'model' ? value : value.replaceAll('_', ' '));
}
