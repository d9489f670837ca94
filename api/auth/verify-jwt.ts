import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { Problem } from '../problem/problem.ts';
import type { VerifyToken } from './authenticate.ts';

export type JwtOptions = { jwksUrl: string; issuer: string; audience: string };

// Asymmetric algorithms only: public keys cannot sign, and `none` is no signature.
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const LEEWAY_SECONDS = 5;

/** Separated by spaces, or a list, as some identity providers have it. */
const scopes = z.union([z.string().transform((text) => text.split(' ')), z.string().array()]).default([]);

const claims = z.object({
  tenant_id: z.string().regex(/^\w[\w.-]{0,127}$/),
  exp: z.number(),
  scope: scopes,
  scp: scopes, // Entra's and Okta's name for it
  sub: z.string().optional(),
  client_id: z.string().optional(), // tokens of programs may have no subject
  azp: z.string().optional(),
});

/** Verifies tokens of an identity provider with the keys that it publishes. The tenant is the claim `tenant_id`. */
export function verifyJwt({ jwksUrl, issuer, audience }: JwtOptions): VerifyToken {
  // Cached for an hour, so that an outage of the provider locks nobody out. An unknown key id is fetched at once.
  const keys = createRemoteJWKSet(new URL(jwksUrl), { cacheMaxAge: 3_600_000 });
  return async (token) => {
    const result = claims.safeParse(await payloadOf(token));
    if (!result.success) return undefined;
    const { tenant_id, exp, scope, scp, sub, client_id, azp } = result.data;
    return {
      id: `${tenant_id}/${sub ?? client_id ?? azp ?? ''}`,
      tenantId: tenant_id,
      scopes: new Set([...scope, ...scp]),
      expiresAt: exp * 1000,
    };
  };

  async function payloadOf(token: string): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'tenant_id'],
        clockTolerance: LEEWAY_SECONDS,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !isProviderError(error)) return undefined;
      throw new Problem('identity_unavailable');
    }
  }
}

/** An error while fetching the provider's keys says nothing about the token. */
function isProviderError({ code }: errors.JOSEError): boolean {
  return code === 'ERR_JOSE_GENERIC' || code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID';
}
