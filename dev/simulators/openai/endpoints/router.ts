import type { IncomingMessage } from 'node:http';
import type { ApiKey, Member } from '../bill/members.ts';
import type { Faults } from '../http/faults.ts';
import { type Identity, type KeyRing, requireScope } from '../http/keys.ts';
import { Refusal, refusal, type SimulatedResponse } from '../http/response.ts';
import { usageEndpoints } from '../usage/usage-catalog.ts';
import { adminKeys } from './admin-keys-endpoint.ts';
import { apiKeys } from './api-keys-endpoint.ts';
import { costs } from './costs-endpoint.ts';
import { me } from './me-endpoint.ts';
import { projects } from './projects-endpoint.ts';
import { spendAlerts, spendLimit } from './spend-limits-endpoint.ts';
import { type UsageDeps, usage } from './usage-endpoint.ts';
import { users } from './users-endpoint.ts';

export interface ApiDeps extends UsageDeps {
  keyRing: KeyRing;
  faults: Faults;
  /** The busy organization's; an idle one has none. */
  members: readonly Member[];
  apiKeys: readonly ApiKey[];
}

type Endpoint = (params: URLSearchParams, identity: Identity, deps: ApiDeps) => SimulatedResponse;

const endpoints: Record<string, Endpoint> = {
  '/organization/costs': (params, identity, deps) => {
    requireScope(identity, 'api.usage.read', deps.knobs.projectKeyStatus);
    return costs(params, identity, deps);
  },
  '/organization/projects': (params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return projects(params, identity.organization, deps.knobs);
  },
  '/organization/users': (params, identity, deps) => {
    requireScope(identity, 'api.members.read', deps.knobs.projectKeyStatus);
    return users(params, identity.organization, identity.idle ? [] : deps.members, deps.knobs);
  },
  '/organization/admin_api_keys': (params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return adminKeys(params, deps.keyRing.keys, deps.knobs);
  },
  '/organization/spend_limit': (_params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return spendLimit(identity, deps.knobs);
  },
  '/organization/spend_alerts': (params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return spendAlerts(params, identity, deps.knobs);
  },
  '/me': (_params, identity, deps) => {
    if (!deps.knobs.me) throw new Refusal(403, 'You have insufficient permissions for this operation.');
    return me(identity.organization);
  },
};

for (const endpoint of usageEndpoints) {
  endpoints[`/organization/usage/${endpoint}`] = (params, identity, deps) => {
    requireScope(identity, 'api.usage.read', deps.knobs.projectKeyStatus);
    return usage(endpoint, params, identity, deps);
  };
}

/** The lists of a project, by the last part of their path. */
const ofProject: Record<string, (projectId: string, ...request: Parameters<Endpoint>) => SimulatedResponse> = {
  api_keys: (projectId, params, identity, deps) => {
    requireScope(identity, 'api.members.read', deps.knobs.projectKeyStatus);
    return apiKeys(projectId, params, identity.organization, deps.apiKeys, deps.knobs);
  },
  spend_limit: (projectId, _params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return spendLimit({ ...identity, projectId }, deps.knobs);
  },
  spend_alerts: (projectId, params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return spendAlerts(params, { ...identity, projectId }, deps.knobs);
  },
};

function endpointAt(path: string): Endpoint | undefined {
  const [, projectId, what = ''] = /^\/organization\/projects\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  if (projectId === undefined) return Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
  const endpoint = Object.hasOwn(ofProject, what) ? ofProject[what] : undefined;
  return endpoint && ((...request) => endpoint(projectId, ...request));
}

function requireHost(host: string | undefined, regionHost: string): void {
  if (regionHost === '' || host === regionHost) return;
  const message = `Incorrect hostname: this organization has to make its requests to ${regionHost}.`;
  throw new Refusal(401, message, { code: 'incorrect_hostname' });
}

/** Responds to a request as OpenAI does. */
export function respondAsOpenAI(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  deps: ApiDeps,
): SimulatedResponse {
  try {
    if (request.method !== 'GET') throw new Refusal(405, `Not allowed to ${request.method} on ${pathname}.`);
    const path = pathname.startsWith('/v1/') ? pathname.slice(3) : '';
    const fault = deps.faults.next(path);
    if (fault) return fault;
    const endpoint = endpointAt(path);
    if (!endpoint) throw new Refusal(404, `Invalid URL (GET ${pathname})`);
    const identity = deps.keyRing.identify(request.headers.authorization);
    requireHost(request.headers.host, deps.knobs.regionHost);
    const response = endpoint(searchParams, identity, deps);
    if (!deps.knobs.organizationHeader) return response;
    return { ...response, headers: { ...response.headers, 'openai-organization': identity.organization.slug } };
  } catch (error) {
    if (error instanceof Refusal) return refusal(error, deps.knobs.bareErrors);
    throw error;
  }
}
