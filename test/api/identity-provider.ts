import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An identity provider: it publishes keys at a URL and signs tokens with them. */
export async function startIdentityProvider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { jwksUrl: `${issuer}/keys`, issuer, audience: 'pump-api' };

  return {
    options,
    publicJwk: jwk,
    /** A valid token by default; `key` replaces the provider's own. */
    sign(
      changes: JWTPayload = {},
      { key = privateKey, header = {} }: { key?: CryptoKey | Uint8Array; header?: object } = {},
    ) {
      const claims = {
        tenant_id: 'one',
        scope: 'costs:read integrations:write audit:read',
        sub: 'someone',
        ...changes,
      };
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: issuer, aud: options.audience, iat: now, exp: now + 300, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
        .sign(key);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
