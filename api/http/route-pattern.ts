import type { Request } from 'express';

/** The route that a request matched, as `/v1/integrations/:integration_id`; '' where there is none. Never what was sent. */
export function routePattern({ route, originalUrl }: Request): string {
  if (!route) return '';
  return /^\/v1\//i.test(originalUrl) ? `/v1${route.path}` : route.path;
}
