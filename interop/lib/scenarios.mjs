// The runs: each client from the URL to the tool that needs more scope, and tokens that must not pass.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { sdkV1, sdkV2, sdkV2Modern } from './clients.mjs';
import {
  BASE_SCOPE,
  MORE_SCOPE,
  expectLogin,
  expectStepUpChallenge,
  expectToken,
  logIn,
  tolerated,
} from './login.mjs';
import { MemoryProvider } from './provider.mjs';
import { refusals } from './refusals.mjs';
import { Steps } from './steps.mjs';
import { Wire } from './wire.mjs';

const BOTH_SCOPES = `${BASE_SCOPE} ${MORE_SCOPE}`;

export const scenarios = [
  client('sdk 1.32.2, no refresh token: login, tools, step-up', sdkV1, { refresh: false }, stepsUp),
  client('sdk 1.32.2, refresh token: login, tools, refreshes instead of stepping up', sdkV1, { refresh: true }, refreshesInstead),
  client('client 2.4.0, refresh token: login, tools, step-up', sdkV2, { refresh: true }, stepsUp),
  client('client 2.4.0, server/discover first: login, tools, step-up', sdkV2Modern, { refresh: true, opening: 'server/discover' }, stepsUp),
  scenario('tokens and requests that must be refused', refusals),
];

function scenario(name, run) {
  return {
    name,
    async run(context) {
      const wire = new Wire();
      const steps = new Steps(wire, tolerated);
      try {
        await run({ ...context, wire, steps });
        return { wire, steps };
      } catch (failure) {
        return { wire, steps, failure };
      }
    },
  };
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

function text(result) {
  return (result.content ?? []).map((part) => part.text ?? '').join('\n');
}
