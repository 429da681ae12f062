// The runs: each client from the URL to the tool that needs more scope, and tokens that must not pass.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import * as conformance from './conformance.mjs';
import * as doctor from './doctor.mjs';
import { dpopSession, sdkV1, sdkV2, sdkV2Modern } from './clients.mjs';
import {
  BASE_SCOPE,
  MORE_SCOPE,
  decode,
  expectLogin,
  expectStepUpChallenge,
  expectToken,
  logIn,
  text,
} from './login.mjs';
import * as inspector from './inspector.mjs';
import * as mcpRemote from './mcpremote.mjs';
import { MemoryProvider } from './provider.mjs';
import { refusals } from './refusals.mjs';
import { scenario } from './scenario.mjs';
import { official, overwriting, union } from './stepup.mjs';

const BOTH_SCOPES = `${BASE_SCOPE} ${MORE_SCOPE}`;

export const scenarios = [
  client('sdk 1.32.2, no refresh token: login, tools, step-up', sdkV1, { refresh: false }, stepsUp),
  client('sdk 1.32.2, refresh token: login, tools, refreshes instead of stepping up', sdkV1, { refresh: true }, refreshesInstead),
  client('client 2.4.0, refresh token: login, tools, step-up', sdkV2, { refresh: true }, stepsUp),
  client('client 2.4.0, server/discover first: login, tools, step-up', sdkV2Modern, { refresh: true, opening: 'server/discover' }, stepsUp),
  scenario('tokens and requests that must be refused', refusals),
  scenario('MCP Inspector 2.12.0, command line: login, kept token, given token', inspector.commandLine),
  scenario('MCP Inspector 2.12.0, web page in Chromium: login, tools, step-up', inspector.page),
  scenario('mcp-remote 0.15.1: login, tools over stdio, step-up', mcpRemote.login),
  scenario('conformance suite 0.1.16: server scenarios with and without token', conformance.server),
  scenario('conformance suite 0.1.16: the doctor logs in', conformance.login),
  scenario("the doctor's page in Chromium, about the demo and about a broken server", doctor.page),
  ...everyTool(),
  ...everyTool('spring'),
  {
    ...scenario('client 2.4.0, DPoP with nonce: login, tools, downgrade refused', boundToItsKey),
    demo: ['-Dcountersign.dpop=optional', '-Dcountersign.dpop-nonce=true', '-Dcountersign.dpop-algorithms=ES256'],
  },
];

function everyTool(sample) {
  const runs = {
    'sdk 1.32.2': official(sdkV1),
    'client 2.4.0': official(sdkV2),
    'client that adds to its scopes, as the Python SDK': union,
    'client that replaces its scopes': overwriting,
  };
  return Object.entries(runs).map(([name, run]) => ({
    ...scenario(`${name}: read, write, administer${sample ? `, samples/${sample}` : ''}`, run),
    sample,
  }));
}

function client(name, sdk, { refresh, opening = 'initialize' }, lastCall) {
  return scenario(name, async (context) => {
    const { mcp, wire, steps } = context;
    const provider = new MemoryProvider({ name: 'Countersign interop', refresh });
    const browser = new Browser(wire, context);
    const options = { authProvider: provider, fetch: wire.fetch('client') };
    const refused = sdk.transport(new URL(mcp), options);
    await assert.rejects(sdk.client().connect(refused), sdk.UnauthorizedError);
    await logIn(sdk, refused, provider, browser);

    const transport = sdk.transport(new URL(mcp), options);
    const connected = sdk.client();
    try {
      await connected.connect(transport);
      const login = await useTools(connected, context, opening);
      await lastCall({ ...context, sdk, connected, transport, provider, browser, login });
      steps.end();
    } finally {
      await connected.close();
    }
  });
}

async function useTools(connected, { mcp, steps }, opening) {
  const { tools } = await connected.listTools();
  const echoed = await connected.callTool({ name: 'echo', arguments: { text: 'good morning' } });
  const caller = await connected.callTool({ name: 'whoami', arguments: {} });

  const login = expectLogin(steps, mcp, opening);
  const admitted = { authorized: true, token: login.token.access_token, status: 200 };
  steps.expect('list of tools', { rpc: 'tools/list', ...admitted });
  steps.check('the tools are there', () =>
    ['echo', 'whoami', 'add_note'].forEach((tool) =>
      assert.ok(tools.some(({ name }) => name === tool), `tool ${tool}`),
    ),
  );
  steps.expect('echo', { rpc: 'tools/call', tool: 'echo', ...admitted });
  steps.check('echo answers', () => assert.match(text(echoed), /good morning/));
  steps.expect('whoami', { rpc: 'tools/call', tool: 'whoami', ...admitted });
  steps.check('the server knows the caller', () => assert.match(text(caller), /demo/));
  return login;
}

/** Tokens that only this client can use: the nonce is fetched, each request has a proof of its own. */
async function boundToItsKey(context) {
  const { mcp, wire, steps } = context;
  const provider = new MemoryProvider({ name: 'Countersign interop', refresh: false, dpop: await dpopSession() });
  const browser = new Browser(wire, context);
  const options = { authProvider: provider, fetch: wire.fetch('client') };
  const refused = sdkV2.transport(new URL(mcp), options);
  await assert.rejects(sdkV2.client().connect(refused), sdkV2.UnauthorizedError);
  await logIn(sdkV2, refused, provider, browser);
  const connected = sdkV2.client();
  try {
    await connected.connect(sdkV2.transport(new URL(mcp), options));
    const echoed = await connected.callTool({ name: 'echo', arguments: { text: 'good morning' } });
    steps.check('echo answers', () => assert.match(text(echoed), /good morning/));
  } finally {
    await connected.close();
  }
  const [first, ...others] = wire.exchanges.filter(({ who, url }) => who === 'client' && url === mcp);
  steps.check('both schemes are offered', () => assert.match(first.challenge, /^Bearer .*, DPoP .*algs="ES256"$/));
  const token = provider.tokens().access_token;
  steps.check('the token is bound', () => assert.ok(decode(token).cnf.jkt));
  const bound = others.filter(({ authorized }) => authorized);
  steps.check('every request has the scheme and a proof of its own', () => {
    assert.deepEqual([...new Set(bound.map(({ scheme }) => scheme))], ['DPoP']);
    assert.equal(new Set(bound.map(({ proof }) => proof)).size, bound.length);
  });
  steps.check('one request fetches the nonce, the others pass', () => {
    const asked = bound.filter(({ status }) => status === 401);
    assert.equal(asked.length, 1);
    assert.match(asked[0].challenge, /DPoP error="use_dpop_nonce"/);
    assert.ok(asked[0].nonce);
    assert.ok(bound.some(({ tool, status }) => tool === 'echo' && status === 200));
  });
  const used = bound.findLast(({ status, tool }) => tool === 'echo' && status === 200);
  await refusedWith(context, 'invalid_token', { authorization: `Bearer ${token}` });
  await refusedWith(context, 'invalid_dpop_proof', { authorization: `DPoP ${token}` });
  await refusedWith(context, 'invalid_dpop_proof', { authorization: `DPoP ${token}`, dpop: used.proof });
}

async function refusedWith({ mcp, wire, steps }, error, headers) {
  const response = await wire.fetch('stranger')(mcp, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  });
  steps.check(`${Object.values(headers).map((value) => value.slice(0, 6)).join(', ')}: ${error}`, () => {
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate'), new RegExp(`error="${error}"`));
  });
}

/** 403, a second login for both scopes, and the same call again. */
async function stepsUp({ mcp, sdk, connected, transport, provider, browser, steps, login }) {
  const call = () => connected.callTool({ name: 'add_note', arguments: { text: 'buy milk' } });
  await assert.rejects(call(), sdk.UnauthorizedError);
  steps.check('the client asks for both scopes', () =>
    assert.deepEqual(
      provider.authorizationUrl.searchParams.get('scope').split(' ').sort(),
      BOTH_SCOPES.split(' ').sort(),
    ),
  );
  await logIn(sdk, transport, provider, browser);
  const noted = await call();

  expectStepUpChallenge(steps, login.challenge);
  const wider = expectToken(steps, login.server, mcp, BOTH_SCOPES);
  steps.expect('add_note with the wider token', {
    rpc: 'tools/call',
    tool: 'add_note',
    token: wider.access_token,
    status: 200,
  });
  steps.check('add_note answers', () => assert.ok(!noted.isError, text(noted)));
}

/**
 * What this client does with a refresh token in hand: it refreshes, which cannot widen the scope, and
 * gives up when the same 403 comes again. Ours to hold: the 403 is the same, so that it does give up.
 */
async function refreshesInstead({ connected, steps, login }) {
  await assert.rejects(
    connected.callTool({ name: 'add_note', arguments: { text: 'buy milk' } }),
    /403 after trying upscoping/,
  );
  const first = expectStepUpChallenge(steps, login.challenge);
  const token = steps.expect(
    'refresh, same scope',
    { method: 'POST', url: login.server.token_endpoint, status: 200 },
    (e) => assert.equal(e.form.grant_type, 'refresh_token'),
  ).answer;
  const second = expectStepUpChallenge(steps, login.challenge);
  steps.check('the second 403 is the first one, byte for byte', () => assert.equal(second, first));
  steps.check('the refresh replaced the token', () =>
    assert.notEqual(token.access_token, login.token.access_token),
  );
}
