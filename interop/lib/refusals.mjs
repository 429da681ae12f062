// Requests that no official client sends and every resource server must refuse.

import assert from 'node:assert/strict';
import { discover, register, token } from './byhand.mjs';
import { parseChallenge } from './challenge.mjs';
import { BASE_SCOPE } from './login.mjs';

const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'by hand', version: '0' },
  },
};
const NO_TOKEN = ['scope', 'resource_metadata'];
const BAD_TOKEN = ['error', 'scope', 'resource_metadata', 'error_description'];

export async function refusals(context) {
  const { mcp, wire, steps } = context;
  const send = sender(wire.fetch('attacker'), mcp);
  const server = await discover(mcp, wire.fetch('attacker'));
  // No official client asks for a token that is not for its own server.
  const tokenFor = async (resource) =>
    token(context, 'attacker', server, await register(server, wire.fetch('attacker')), { resource, scope: BASE_SCOPE });
  const good = await tokenFor(mcp);
  const foreign = await tokenFor(`${mcp}/another`);
  const refused = (title, parameters) =>
    steps.expect(title, { who: 'attacker', status: 401 }, (e) => {
      const challenge = parseChallenge(e.challenge);
      assert.deepEqual(Object.keys(challenge), parameters, title);
      assert.equal(challenge.error, parameters === BAD_TOKEN ? 'invalid_token' : undefined);
    });
  skipSetUp(steps, server);

  await send({ token: good });
  steps.expect('the good token passes', { who: 'attacker', rpc: 'initialize', status: 200 });
  await send({ token: changed(good) });
  refused('a changed signature', BAD_TOKEN);
  await send({ token: foreign });
  refused('a token for another resource', BAD_TOKEN);
  await send({ token: unsigned(good) });
  refused('alg none', BAD_TOKEN);
  await send({ token: 'opaque' });
  refused('no JWT at all', BAD_TOKEN);
  await send({ query: `?access_token=${good}` });
  refused('the good token in the query', NO_TOKEN);
  for (const method of ['GET', 'HEAD', 'DELETE']) {
    await send({ method });
    refused(`${method} without token`, NO_TOKEN);
  }
  await send({ body: { ...CALL, method: 'no/such/method' } });
  refused('an unknown method without token', NO_TOKEN);
  await send({ method: 'OPTIONS' });
  steps.expect('a preflight is not challenged', { who: 'attacker', challenge: undefined }, (e) =>
    assert.notEqual(e.status, 401),
  );
  steps.end();
}

function sender(fetch, mcp) {
  return async ({ method = 'POST', token, query = '', body = CALL }) => {
    const response = await fetch(mcp + query, {
      method,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(method === 'OPTIONS' && {
          origin: 'https://app.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        }),
      },
      body: method === 'POST' ? JSON.stringify(body) : undefined,
    });
    await response.arrayBuffer();
  };
}

/** The exchanges so far are no refusals; they are named for the table and left behind. */
function skipSetUp(steps, server) {
  steps.expect('challenge', { who: 'attacker', status: 401 });
  for (let i = 0; i < 2; i++) {
    steps.expect('registration by hand', { url: server.registration_endpoint, status: 201 });
    steps.expect('token by hand', { url: server.token_endpoint, status: 200 });
  }
}

// The first character: the last one has bits that do not count, and another case is no change to a
// server that keeps the header lines of a connection without regard to case.
function changed(jwt) {
  const at = jwt.lastIndexOf('.') + 1;
  return jwt.slice(0, at) + (jwt[at] === '1' ? '2' : '1') + jwt.slice(at + 1);
}

function unsigned(jwt) {
  const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  return `${header}.${jwt.split('.')[1]}.`;
}
