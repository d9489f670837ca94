import { expect, test } from 'vitest';
import { rareIn } from '#web/src/costs/data/use-dimensions.ts';

test.each([
  [['', 'unlabeled'], ['', 'priority'], ['service_tier']],
  [['agents_api', 'unlabeled'], [''], ['api_source']],
  [[], [''], []],
])('of the API sources %j and tiers %j, what says something is offered', (api_source, service_tier, offered) => {
  expect(rareIn({ api_source, service_tier })).toEqual(offered);
});
