import { json, Refusal, type SimulatedResponse } from './response.ts';

/** A page of a list, by `limit` (1 to 100) and the `after` cursor. */
export function listPage(params: URLSearchParams, all: ReadonlyArray<{ id: string }>): SimulatedResponse {
  const limit = Number(params.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new Refusal(400, "Invalid 'limit': expected 1 to 100.", { param: 'limit', code: 'invalid_value' });
  }
  const after = params.get('after');
  const place = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== null && place === 0) {
    throw new Refusal(400, `Invalid 'after': there is no '${after}'.`, { param: 'after', code: 'invalid_value' });
  }
  const data = all.slice(place, place + limit);
  return json({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: place + limit < all.length,
  });
}
