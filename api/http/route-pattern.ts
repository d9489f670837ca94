import type { Request } from 'express';

/** The pattern of the route that a request matched, such as `/v1/integrations/:integration_id`; '' if none did. */
export function routePattern({ route, originalUrl }: Request): string {
  if (!route) return '';
  return /^\/v1\//i.test(originalUrl) ? `/v1${route.path}` : route.path;
}
