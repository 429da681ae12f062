// mcp-remote: an application talks to it over its standard input and output, it logs in and calls the server.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { BASE_SCOPE, MORE_SCOPE, expectLogin, expectStepUpChallenge, expectToken, text } from './login.mjs';
import { withPrograms } from './program.mjs';

const SCRIPT = 'mcp-remote/dist/proxy.js';
const CLIENT = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'countersign-interop', version: '0' } };

/** A login by its loopback redirect, tools, and one that needs more scope. */
export async function login(context) {
  const { mcp, wire, steps } = context;
  const said = await withPrograms({ wire, who: 'mcp-remote' }, async (start) => {
    const server = start(SCRIPT, [mcp, '--enable-proxy'], { MCP_REMOTE_CONFIG_DIR: 'state' });
    const application = new Application(server);
    const person = new Browser(wire, context);
    application.send({ id: 0, method: 'initialize', params: CLIENT });
    await person.visit(await server.opened());
    await application.answer(0);
    application.send({ method: 'notifications/initialized' });
    const { tools } = await application.ask(1, 'tools/list');
    const caller = await application.ask(2, 'tools/call', { name: 'whoami', arguments: {} });
    application.send({ id: 3, method: 'tools/call', params: { name: 'add_note', arguments: { text: 'buy milk' } } });
    await person.visit(await server.opened());
    return { tools, caller, noted: await application.answer(3) };
  });

  // It asks whether the server wants a login, and again before it connects.
  const probe = { method: 'GET', url: mcp, authorized: false, status: 401 };
  steps.expect('challenge of a GET', probe);
  steps.expect('challenge of another GET', probe);
  const login = expectLogin(steps, mcp, 'initialize');
  const admitted = { token: login.token.access_token, status: 200 };
  steps.expect('list of tools', { rpc: 'tools/list', ...admitted });
  steps.check('the tools are there', () => assert.ok(said.tools.some(({ name }) => name === 'add_note')));
  steps.expect('whoami', { rpc: 'tools/call', tool: 'whoami', ...admitted });
  steps.check('the server knows the caller', () => assert.match(text(said.caller), /demo/));
  expectStepUpChallenge(steps, login.challenge);
  const wider = expectToken(steps, login.server, mcp, `${BASE_SCOPE} ${MORE_SCOPE}`);
  steps.expect('the same call again', {
    rpc: 'tools/call',
    tool: 'add_note',
    token: wider.access_token,
    status: 200,
  });
  steps.check('add_note answers', () => assert.match(text(said.noted), /Kept/));
  steps.end();
}

/** Whoever has started mcp-remote: JSON-RPC, one message a line. */
class Application {
  #server;

  constructor(server) {
    this.#server = server;
  }

  send(message) {
    this.#server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  ask(id, method, params) {
    this.send({ id, method, params });
    return this.answer(id);
  }

  async answer(id) {
    let found;
    await this.#server.until(`answer ${id}`, () => (found = this.#messages().find((one) => one.id === id)));
    return found.result ?? assert.fail(`request ${id}: ${JSON.stringify(found)}`);
  }

  /** The last line may not be complete yet. */
  #messages() {
    return this.#server.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  }
}
