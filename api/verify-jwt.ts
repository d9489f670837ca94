import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { VerifyToken } from './authenticate.ts';
import { Problem } from './problem.ts';

export type JwtOptions = { jwksUrl: string; issuer: string; audience: string };

// Asymmetric ones only: whoever can read our keys cannot sign, and `none` is not a signature.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const LEEWAY_SECONDS = 5;

const claims = z.object({
  tenant_id: z.string().regex(/^\w[\w.-]{0,127}$/),
  sub: z.string().default(''),
  scope: z.string().default(''),
});

/** Tokens of an identity provider, checked with the keys that it publishes; the tenant is the claim `tenant_id`. */
export function verifyJwt({ jwksUrl, issuer, audience }: JwtOptions): VerifyToken {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (token) => {
    const result = claims.safeParse(await payloadOf(token));
    if (!result.success) return undefined;
    const { tenant_id, sub, scope } = result.data;
    return { id: `${tenant_id}/${sub}`, tenantId: tenant_id, scopes: new Set(scope.split(' ')) };
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
      if (error instanceof errors.JOSEError && !isProvidersFault(error)) return undefined;
      throw new Problem('identity_unavailable');
    }
  }
}

/** Whatever kept us from learning the provider's keys says nothing about the token. */
function isProvidersFault({ code }: errors.JOSEError): boolean {
  return code === 'ERR_JOSE_GENERIC' || code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID';
}
