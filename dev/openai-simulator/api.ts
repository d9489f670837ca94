import type { IncomingMessage } from 'node:http';
import { type Answer, Refusal, refusal } from './answer.ts';
import { type CostsDeps, costs } from './costs-endpoint.ts';
import type { Faults } from './faults.ts';
import { type Identity, type KeyRing, requireScope } from './keys.ts';
import { me } from './me-endpoint.ts';
import { projects } from './projects-endpoint.ts';

export interface ApiDeps extends CostsDeps {
  keyRing: KeyRing;
  faults: Faults;
}

type Endpoint = (params: URLSearchParams, identity: Identity, deps: ApiDeps) => Answer;

const endpoints: Record<string, Endpoint> = {
  '/organization/costs': (params, identity, deps) => {
    requireScope(identity, 'api.usage.read', deps.knobs.projectKeyStatus);
    return costs(params, identity, deps);
  },
  '/organization/projects': (params, identity, deps) => {
    requireScope(identity, 'api.management.read', deps.knobs.projectKeyStatus);
    return projects(params, identity.organization);
  },
  '/me': (_params, identity, deps) => {
    if (!deps.knobs.me) throw new Refusal(403, 'You have insufficient permissions for this operation.');
    return me(identity.organization);
  },
};

/** Answers a request as OpenAI would. */
export function answerAsOpenAI(request: IncomingMessage, { pathname, searchParams }: URL, deps: ApiDeps): Answer {
  try {
    if (request.method !== 'GET') throw new Refusal(405, `Not allowed to ${request.method} on ${pathname}.`);
    const path = pathname.startsWith('/v1/') ? pathname.slice(3) : '';
    const fault = deps.faults.next(path);
    if (fault) return fault;
    const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
    if (!endpoint) throw new Refusal(404, `Invalid URL (GET ${pathname})`);
    const identity = deps.keyRing.identify(request.headers.authorization);
    const answer = endpoint(searchParams, identity, deps);
    if (!deps.knobs.organizationHeader) return answer;
    return { ...answer, headers: { ...answer.headers, 'openai-organization': identity.organization.slug } };
  } catch (error) {
    if (error instanceof Refusal) return refusal(error, deps.knobs.bareErrors);
    throw error;
  }
}
