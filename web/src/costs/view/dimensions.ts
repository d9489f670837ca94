/** What spend is stacked and filtered by, in the order in which a click goes deeper. */
export const dimensions = ['project_id', 'model', 'token_type', 'service'] as const;
export type Dimension = (typeof dimensions)[number];

export const dimensionName: Record<Dimension, string> = {
  project_id: 'Project',
  model: 'Model',
  token_type: 'Token type',
  service: 'Service',
};

const notAttributed: Record<Dimension, string> = {
  project_id: 'No project',
  model: 'No model',
  token_type: 'Not by token',
  service: 'No service',
};

/** What people call a value; `name` is what the API has beside an id. */
export function labelOf(dimension: Dimension, value: string, name?: string): string {
  if (value === '') return notAttributed[dimension];
  if (dimension === 'token_type' && value === 'none') return 'Not by token';
  if (dimension === 'project_id') return name || value;
  return dimension === 'model' ? value : value.replaceAll('_', ' ');
}
