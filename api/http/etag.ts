import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import { today } from '#domain/day.ts';
import packageJson from '#package.json' with { type: 'json' };
import { callerOf } from '../auth/authenticate.ts';

/**
 * Sets the ETag: a hash of what the response depends on, which is the tenant, the data's revision, the day, this
 * version and the URL. @returns whether the request names this ETag, so that the caller has the response already
 */
export function setEtag(request: Request, response: Response, revision: string): boolean {
  const { tenantId } = callerOf(response);
  const dependencies = JSON.stringify([tenantId, revision, today(), packageJson.version, request.originalUrl]);
  const tag = `"${hash('sha256', dependencies, 'base64url').slice(0, 22)}"`;
  response.set({ etag: `W/${tag}`, 'cache-control': 'private, no-cache' }).vary('authorization');
  // Not Express's request.fresh: fetch() sends cache-control: no-cache beside If-None-Match, which turns it off.
  const known = (request.get('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(tag);
}
