// What every program here does with a token whose verification its library leaves to the application: jose, with every
// option of its documentation that closes something. A token that is bound to a key is refused, since nobody here looks
// for the proof.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const keys = createRemoteJWKSet(new URL(JWKS_URI));

export async function verify(token) {
  const { payload } = await jwtVerify(token, keys, {
    issuer: ISSUER,
    audience: RESOURCE,
    typ: 'at+jwt',
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'sub', 'client_id'],
    maxTokenAge: '1 hour',
  });
  if (payload.cnf) {
    throw new Error('The token is bound to a key');
  }
  return { token, clientId: payload.client_id, scopes: (payload.scope ?? '').split(' '), expiresAt: payload.exp };
}
