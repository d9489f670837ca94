import type { Keys } from '../http/keys.ts';
import type { Knobs } from '../http/knobs.ts';
import { listPage } from '../http/list-page.ts';
import type { SimulatedResponse } from '../http/response.ts';

const CREATED = 1_700_000_000;

/** `GET /organization/admin_api_keys`: the busy organization's valid admin keys, without their secrets. */
export function adminKeys(params: URLSearchParams, keys: Keys, { keyExpiresAt }: Knobs): SimulatedResponse {
  const listed = (['admin', 'second', 'withoutProjects', 'withoutMembers'] as const).map((name) => ({
    object: 'organization.admin_api_key',
    id: `key_${name}`,
    name,
    redacted_value: `${keys[name].slice(0, 8)}...${keys[name].slice(-4)}`,
    created_at: CREATED,
    last_used_at: null,
    expires_at: keyExpiresAt[name] ?? null,
    owner: { type: 'user', object: 'organization.user', id: 'user-owner', name: 'The Owner', role: 'owner' },
  }));
  return listPage(params, listed);
}
