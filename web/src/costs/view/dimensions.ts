/** What spend is grouped and filtered by. A click on a value filters by it and groups by the next dimension. */
export const dimensions = ['project_id', 'model', 'token_type', 'service', 'api_source'] as const;
export type Dimension = (typeof dimensions)[number];

export const dimensionName: Record<Dimension, string> = {
  project_id: 'Project',
  model: 'Model',
  token_type: 'Token type',
  service: 'Service',
  api_source: 'API source',
};

const notAttributed: Record<Dimension, string> = {
  project_id: 'No project',
  model: 'No model',
  token_type: 'Not by token',
  service: 'No service',
  api_source: 'Not known',
};

/** A value as it is displayed. `name`: the name that the API has for an id. */
export function labelOf(dimension: Dimension, value: string, name?: string): string {
  if (value === '') return notAttributed[dimension];
  if (dimension === 'token_type' && value === 'none') return 'Not by token';
  if (dimension === 'project_id') return name || value;
  return dimension === 'model' ? value : value.replaceAll('_', ' ');
}
