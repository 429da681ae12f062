// A login as every MCP client does it, from nothing but the URL, and what must be seen of it.

import assert from 'node:assert/strict';
import { parseChallenge } from './challenge.mjs';
import { REDIRECT_URI } from './provider.mjs';

export const BASE_SCOPE = 'mcp:tools';
export const MORE_SCOPE = 'notes:write';

/** Lets the person log in and gives the answer to the client. */
export async function logIn(sdk, transport, provider, browser) {
  const answer = await browser.authorize(provider.authorizationUrl, REDIRECT_URI);
  assert.equal(answer.get('error'), null, `the login ended with ${answer}`);
  assert.equal(answer.get('state'), provider.expectedState(), 'state of the authorization answer');
  assert.ok(answer.get('iss'), 'iss in the authorization answer (RFC 9207)');
  await sdk.finish(transport, answer);
}

/** Discovery repeated by a client, the optional stream, and the pages the person sees. */
export function tolerated(exchange) {
  return (
    exchange.who === 'browser' ||
    (exchange.method === 'GET' && exchange.url.includes('/.well-known/') && exchange.status === 200) ||
    // A server may answer the stream with its first event only, so there may be no status yet.
    (exchange.method === 'GET' && exchange.authorized && [200, 405, undefined].includes(exchange.status)) ||
    (exchange.rpc === 'server/discover' && exchange.authorized && ![401, 403].includes(exchange.status)) ||
    (exchange.rpc === 'initialize' && exchange.authorized && exchange.status === 200) ||
    (exchange.rpc === 'logging/setLevel' && exchange.authorized && exchange.status === 200) ||
    (exchange.rpc === 'notifications/initialized' && exchange.authorized && exchange.status === 202)
  );
}

/** The steps from the first request to the first token; most clients ask for the scope of the challenge. */
export function expectLogin(steps, mcp, opening, asked = ({ challenge }) => challenge.scope) {
  const challenge = {};
  steps.expect('challenge without error', { rpc: opening, authorized: false, status: 401 }, (e) =>
    Object.assign(challenge, firstChallenge(e)),
  );
  const resource = steps.expect(
    'protected resource metadata',
    { method: 'GET', url: challenge.resource_metadata, status: 200 },
    (e) => assert.equal(e.answer.resource, mcp, 'resource of the metadata'),
  ).answer;
  const server = steps.expect('authorization server metadata', { method: 'GET', status: 200 }, (e) => {
    assert.equal(e.url, `${resource.authorization_servers[0]}/.well-known/oauth-authorization-server`);
    assert.equal(e.answer.issuer, resource.authorization_servers[0], 'issuer');
  }).answer;
  const scope = asked({ challenge, resource });
  steps.expect(
    'registration with the scope to ask for',
    { method: 'POST', url: server.registration_endpoint, status: 201 },
    (e) => assert.equal(e.json.scope, scope),
  );
  return { server, resource, challenge, token: expectToken(steps, server, mcp, scope) };
}

function firstChallenge(exchange) {
  const challenge = parseChallenge(exchange.challenge);
  assert.deepEqual(Object.keys(challenge), ['scope', 'resource_metadata'], 'parameters of the 401');
  assert.equal(challenge.scope, BASE_SCOPE);
  return challenge;
}

/** A token for a fresh code; its audience is the resource and nothing else. */
export function expectToken(steps, server, mcp, scope) {
  return steps.expect(
    'token for the resource',
    { method: 'POST', url: server.token_endpoint, status: 200 },
    (e) => {
      assert.equal(e.form.grant_type, 'authorization_code');
      assert.equal(e.form.resource, mcp);
      assert.ok(e.form.code_verifier, 'code_verifier');
      const claims = decode(e.answer.access_token);
      assert.equal(claims.iss, server.issuer);
      assert.deepEqual([claims.aud].flat(), [mcp]);
      assert.deepEqual(words(claims.scope), words(scope));
    },
  ).answer;
}

/** The answer to a call that needs more scope. */
export function expectStepUpChallenge(steps, challenge) {
  return steps.expect(
    'more scope needed',
    { rpc: 'tools/call', tool: 'add_note', authorized: true, status: 403 },
    (e) => {
      const asked = parseChallenge(e.challenge);
      assert.equal(asked.error, 'insufficient_scope');
      assert.equal(asked.resource_metadata, challenge.resource_metadata);
      assert.deepEqual(words(asked.scope), words(`${BASE_SCOPE} ${MORE_SCOPE}`));
    },
  ).challenge;
}

export function decode(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
}

function words(text) {
  return text.split(' ').sort();
}

/** The text of what a tool answers. */
export function text(result) {
  return (result.content ?? []).map((part) => part.text ?? '').join('\n');
}
