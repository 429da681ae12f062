// OAuth without a library, for what no official client does.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Browser } from './browser.mjs';
import { parseChallenge } from './challenge.mjs';
import { REDIRECT_URI } from './provider.mjs';

/** The metadata of the authorization server that the challenge of this MCP server leads to. */
export async function discover(mcp, fetch) {
  const challenge = (await fetch(mcp)).headers.get('www-authenticate');
  const resource = await json(fetch(parseChallenge(challenge).resource_metadata));
  return json(fetch(`${resource.authorization_servers[0]}/.well-known/oauth-authorization-server`));
}

/** The identifier of a new client. */
export async function register(server, fetch) {
  const client = await json(
    fetch(server.registration_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'By hand',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'none',
      }),
    }),
  );
  return client.client_id;
}

/** An access token after a login with these further parameters: resource, scope, acr_values. */
export async function token({ wire, user, password }, who, server, client, parameters) {
  const verifier = randomBytes(32).toString('base64url');
  const request = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: REDIRECT_URI,
    ...parameters,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const browser = new Browser(wire, { user, password });
  const answer = await browser.authorize(`${server.authorization_endpoint}?${request}`, REDIRECT_URI);
  const granted = await json(
    wire.fetch(who)(server.token_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: answer.get('code') ?? assert.fail(`no code for ${parameters.resource}: ${answer}`),
        redirect_uri: REDIRECT_URI,
        code_verifier: verifier,
        client_id: client,
        resource: parameters.resource,
      }).toString(),
    }),
  );
  return granted.access_token;
}

async function json(response) {
  return (await response).json();
}
