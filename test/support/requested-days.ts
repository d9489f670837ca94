import type { SimulatedRequest } from '#dev/simulators/openai/http/http-server.ts';
import { type Day, dayAt } from '#domain/day.ts';

/** The first of the days that a request to OpenAI's API is about. */
export const startOf = ({ query }: Pick<SimulatedRequest, 'query'>): Day =>
  dayAt(Number(new URLSearchParams(query).get('start_time')) * 1000);

/** Whether a request is for the facts of costs, as a sync reads them; the check of a key asks for less. */
export const isForFacts = ({ path, query }: SimulatedRequest): boolean =>
  path.endsWith('/organization/costs') && query.includes('line_item');
