import { expect, test } from 'vitest';
import { addFound } from '#web/src/costs/data/use-dimensions.ts';

const tiers = { api_source: ['', 'unlabeled'], service_tier: ['', 'priority'] };
const none = { api_source: [], service_tier: [''] };

test('a filter takes no dimension away that the organization has', () => {
  const found = addFound(undefined, 'openai-1', tiers);
  expect(found.dimensions).toEqual(['service_tier']);
  expect(addFound(found, 'openai-1', none).dimensions).toEqual(['service_tier']);
  expect(addFound(found, 'openai-2', none).dimensions).toEqual([]);
});
