import { lettersFrom } from '../arithmetic/random.ts';
import type { Organization } from '../organization/organization.ts';
import { Refusal } from './response.ts';

/** What a restricted key may read: costs and usage; projects; users and API keys. */
type Scope = 'api.usage.read' | 'api.management.read' | 'api.members.read';

/** A key of each kind. */
export interface Keys {
  admin: string;
  /** Another valid admin key of the same organization. */
  second: string;
  /** Has the form of an admin key, but is unknown. */
  wrong: string;
  /** A project's key, not an admin key. */
  project: string;
  /** An admin key without the scope for costs and usage. */
  restricted: string;
  /** An admin key that may read costs and usage, and no names: not of projects, users or API keys. */
  withoutProjects: string;
  /** An admin key that may read the names of projects, and not those of users and API keys. */
  withoutMembers: string;
  /** A valid admin key of another organization, which spends nothing. */
  idle: string;
}

/** The organization of a key, and what the key may read. */
export interface Identity {
  organization: Organization;
  kind: 'admin' | 'project';
  scopes: Scope[];
  idle: boolean;
}

export interface KeyRing {
  keys: Keys;
  revoke(key: string): void;
  /** Identifies an Authorization header; refuses a missing, wrong or revoked key with 401. */
  identify(authorization: string | undefined): Identity;
}

export function createKeyRing(
  seed: string,
  organization: Organization,
  idle: Organization,
  adminKey?: string,
): KeyRing {
  const key = (prefix: string, kind: string) => prefix + lettersFrom(`${seed}/${organization.name}/${kind} key`, 48);
  const keys: Keys = {
    admin: adminKey ?? key('sk-admin-', 'admin'),
    second: key('sk-admin-', 'second'),
    wrong: key('sk-admin-', 'wrong'),
    project: key('sk-proj-', 'project'),
    restricted: key('sk-admin-', 'restricted'),
    withoutProjects: key('sk-admin-', 'without projects'),
    withoutMembers: key('sk-admin-', 'without members'),
    idle: key('sk-admin-', 'idle'),
  };
  const all: Scope[] = ['api.usage.read', 'api.management.read', 'api.members.read'];
  const admin = { organization, kind: 'admin', scopes: all, idle: false } as const;
  const identities = new Map<string, Identity>([
    [keys.admin, admin],
    [keys.second, admin],
    [keys.project, { ...admin, kind: 'project', scopes: [] }],
    [keys.restricted, { ...admin, scopes: ['api.management.read', 'api.members.read'] }],
    [keys.withoutProjects, { ...admin, scopes: ['api.usage.read'] }],
    [keys.withoutMembers, { ...admin, scopes: ['api.usage.read', 'api.management.read'] }],
    [keys.idle, { ...admin, organization: idle, idle: true }],
  ]);
  return {
    keys,
    revoke: (revoked) => void identities.delete(revoked),
    identify(authorization) {
      const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      if (!given) {
        throw new Refusal(
          401,
          "You didn't provide an API key. You need to provide your API key in an Authorization header.",
        );
      }
      const identity = identities.get(given);
      if (!identity) {
        // As OpenAI's text does, it repeats a part of the key: it must not be logged or stored.
        const echo = `${given.slice(0, 8)}${'*'.repeat(24)}${given.slice(-4)}`;
        throw new Refusal(
          401,
          `Incorrect API key provided: ${echo}. You can find your API key at https://platform.openai.com/account/api-keys.`,
          { code: 'invalid_api_key' },
        );
      }
      return identity;
    },
  };
}

/** Refuses an identity without the scope. Project keys have been seen refused with 401 and with 403. */
export function requireScope(identity: Identity, scope: Scope, projectKeyStatus: 401 | 403): void {
  if (identity.scopes.includes(scope)) return;
  throw missingScope(scope, identity.kind === 'project' ? projectKeyStatus : 403);
}

export const missingScope = (scope: Scope, status: 401 | 403) =>
  new Refusal(
    status,
    `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization, and if you're using a restricted API key, that it has the necessary scopes.`,
  );
