// Step-up through tools that read, write and administer, the same in each sample: by the official
// clients, and by two clients written by hand that keep their scopes in different ways.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { discover, register, token } from './byhand.mjs';
import { parseChallenge } from './challenge.mjs';
import { logIn } from './login.mjs';
import { MemoryProvider } from './provider.mjs';

const LEGACY = '2025-11-25';
const MODERN = '2026-07-28';
const MOST_LOGINS = 2;

const READ = ['list_notes', {}];
const WRITE = ['add_note', { text: 'buy milk' }];
const ADMIN = ['clear_notes', {}];

/** An official client uses every tool, then the first one again; it logs in once for each. */
export function official(sdk) {
  return async (context) => {
    const { mcp, wire, steps } = context;
    const provider = new MemoryProvider({ name: 'Countersign interop', refresh: false });
    const browser = new Browser(wire, context);
    const options = { authProvider: provider, fetch: wire.fetch('client') };
    const refused = sdk.transport(new URL(mcp), options);
    await assert.rejects(sdk.client().connect(refused), sdk.UnauthorizedError);
    await logIn(sdk, refused, provider, browser);
    const transport = sdk.transport(new URL(mcp), options);
    const connected = sdk.client();
    const use = ([name, args]) => connected.callTool({ name, arguments: args });
    const stepUp = async (tool) => {
      await assert.rejects(use(tool), sdk.UnauthorizedError);
      askForStrength(provider, lastChallenge(wire));
      await logIn(sdk, transport, provider, browser);
      return use(tool);
    };
    try {
      await connected.connect(transport);
      await stepUp(READ);
      const written = await stepUp(WRITE);
      await stepUp(ADMIN);
      await use(READ);
      steps.check('the tool knows the caller or its work', () =>
        assert.match(JSON.stringify(written.content), /Kept/),
      );
    } finally {
      await connected.close();
    }
    expectAllTools(context);
  };
}

// What these SDKs leave to the application: they do not read acr_values (RFC 9470 section 4).
function askForStrength(provider, challenge) {
  if (challenge.acr_values) {
    provider.authorizationUrl.searchParams.set('acr_values', challenge.acr_values);
  }
}

/** Like the Python SDK: what it is asked for is added to what it has asked for. */
export const union = byHand((held, asked) => [...new Set([...held, ...asked])]);

/** Like many older clients: what it is asked for takes the place of what it had. */
export const overwriting = byHand((held, asked) => asked);

function byHand(keep) {
  return async (context) => {
    const { mcp, wire, steps } = context;
    const client = await HandClient.start(context, keep);
    for (const tool of [READ, WRITE, ADMIN, READ, WRITE]) {
      const response = await client.call(tool);
      steps.check(`${tool[0]} passes`, () => assert.equal(response.status, 200));
    }
    expectAllTools(context);
    if (keep(['a'], ['b']).length === 2) {
      await unionOfOperations(context, keep);
    }
  };
}

/** Clients of the modern revision are asked for the operation alone, and have to add it themselves. */
async function unionOfOperations(context, keep) {
  const { wire, steps } = context;
  const client = await HandClient.start(context, keep, MODERN);
  await client.call(READ);
  await client.call(WRITE);
  steps.check('the modern challenge names the operation alone', () =>
    assert.equal(lastChallenge(wire).scope, 'mcp:tools notes:write'),
  );
  const before = refusalsOf(wire).length;
  await client.call(READ);
  steps.check('the union holds both', () => assert.equal(refusalsOf(wire).length, before));
  // It knows older revisions only; the call has passed everything before it.
  steps.check('the application asks for a session', () =>
    assert.match(wire.exchanges.at(-1).answer?.message, /session/i),
  );
}

/** One refusal for each tool, and no other: all its scopes at once, and the strength with them. */
function expectAllTools({ wire, steps }) {
  const refused = refusalsOf(wire);
  steps.check('each tool is refused once, naming its need before what the token has', () =>
    assert.deepEqual(
      refused.map(({ tool, status, challenge }) => {
        const { error, scope, acr_values } = parseChallenge(challenge);
        return [tool, status, error, scope, acr_values].filter((one) => one !== undefined).join(' ');
      }),
      [
        'list_notes 403 insufficient_scope mcp:tools notes:read',
        'add_note 403 insufficient_scope mcp:tools notes:write notes:read',
        'clear_notes 401 insufficient_user_authentication mcp:tools notes:admin notes:write notes:read mfa',
      ],
    ),
  );
}

function refusalsOf(wire) {
  return wire.exchanges.filter(({ tool, challenge }) => tool && challenge);
}

function lastChallenge(wire) {
  return parseChallenge(wire.exchanges.findLast(({ challenge }) => challenge).challenge);
}

class HandClient {
  #context;
  #keep;
  #revision;
  #server;
  #client;
  #scope = [];
  #acr;
  #token;
  #session;
  #id = 0;

  /** Logged in and, where the revision has it, initialized. */
  static async start(context, keep, revision = LEGACY) {
    const client = new HandClient();
    client.#context = context;
    client.#keep = keep;
    client.#revision = revision;
    const fetch = context.wire.fetch('client');
    client.#server = await discover(context.mcp, fetch);
    client.#client = await register(client.#server, fetch);
    await client.#logIn(lastChallenge(context.wire));
    if (revision === LEGACY) {
      const opened = await client.#send('initialize', {
        protocolVersion: LEGACY,
        capabilities: {},
        clientInfo: { name: 'by hand', version: '0' },
      });
      client.#session = opened.headers.get('mcp-session-id');
      await client.#send('notifications/initialized');
    }
    return client;
  }

  /** The response, after as many logins as the server asks for. */
  async call([name, args]) {
    for (let logins = 0; ; logins++) {
      const response = await this.#send('tools/call', { name, arguments: args });
      if (![401, 403].includes(response.status)) {
        return response;
      }
      assert.ok(logins < MOST_LOGINS, `${name} is refused again and again`);
      await this.#logIn(parseChallenge(response.headers.get('www-authenticate')));
    }
  }

  async #logIn({ scope, acr_values }) {
    this.#scope = this.#keep(this.#scope, scope.split(' '));
    this.#acr = acr_values ?? this.#acr;
    this.#token = await token(this.#context, 'client', this.#server, this.#client, {
      resource: this.#context.mcp,
      scope: this.#scope.join(' '),
      ...(this.#acr && { acr_values: this.#acr }),
    });
  }

  async #send(method, params) {
    const modern = this.#revision === MODERN;
    const call = method.startsWith('notifications/') ? { method } : { id: ++this.#id, method };
    const response = await this.#context.wire.fetch('client')(this.#context.mcp, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': this.#revision,
        ...(this.#session && { 'mcp-session-id': this.#session }),
        ...(modern && { 'mcp-method': method, 'mcp-name': params.name }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...call, params: modern ? withMeta(params) : params }),
    });
    await response.text();
    return response;
  }
}

function withMeta(params) {
  return {
    ...params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientInfo': { name: 'by hand', version: '0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  };
}
