import { json, type SimulatedResponse } from './response.ts';

/** A response of a path's own, verbatim; with `times`, that often only. */
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
  times?: number;
}

/** The reply for a path (without /v1), which counts as used. */
export function takeReply(replies: Readonly<Record<string, Reply>>, path: string): SimulatedResponse | undefined {
  const reply = Object.hasOwn(replies, path) ? replies[path] : undefined;
  if (!reply || reply.times === 0) return undefined;
  if (reply.times) reply.times -= 1;
  return { ...json(reply.body, reply.status), ...(reply.headers && { headers: reply.headers }) };
}
