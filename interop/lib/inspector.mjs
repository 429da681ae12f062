// MCP Inspector: its command line, and its web page in a real browser. Both call the server out of Node.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { openPage, withChromium } from './chromium.mjs';
import { BASE_SCOPE, MORE_SCOPE, expectLogin, expectStepUpChallenge, expectToken } from './login.mjs';
import { freePort } from './port.mjs';
import { withPrograms } from './program.mjs';

const SCRIPT = '@modelcontextprotocol/inspector/clients/launcher/build/index.js';
const WHO = 'inspector';
/** What it ends with when it may not ask the user to log in. */
const AUTH_REQUIRED = 3;
const COMMON = { MCP_INSPECTOR_SECRET_STORE: 'file', MCP_AUTO_OPEN_ENABLED: 'true' };
const WEB = { ...COMMON, MCP_SANDBOX_PORT: '0', MCP_APP_ORIGIN_PORT: '0' };

/** Refused without a token, a login in the browser, the kept token, a token by hand, a changed one. */
export async function commandLine(context) {
  const { mcp, wire, steps } = context;
  const environment = { ...COMMON, MCP_OAUTH_CALLBACK_URL: `http://127.0.0.1:${await freePort()}/oauth/callback` };
  const call = (start, ...args) =>
    start(SCRIPT, ['--cli', '--server-url', mcp, '--transport', 'http', '--format', 'json', ...args], environment);
  const login = await withPrograms({ wire, who: WHO }, async (start) => {
    await refused(steps, call(start, '--method', 'tools/list', '--stored-auth-only'), { authorized: false });

    const listing = call(start, '--method', 'tools/list');
    await new Browser(wire, context).visit(await listing.opened());
    const { tools } = await result(listing);
    // It does not ask for the scope of the challenge, but for all that the metadata has.
    const granted = expectLogin(steps, mcp, 'initialize', ({ resource }) => resource.scopes_supported.join(' '));
    steps.expect('list of tools', { rpc: 'tools/list', token: granted.token.access_token, status: 200 });
    steps.check('the tools are there', () => assert.ok(tools.some(({ name }) => name === 'add_note')));

    const noted = call(start, ...tool('add_note', 'text=buy milk'), '--stored-auth-only');
    await expectCall(steps, noted, 'add_note', granted.token.access_token, /Kept/);
    return granted;
  });
  const { access_token: token } = login.token;
  await withPrograms({ wire, who: WHO }, async (start) => {
    const given = (value) => ['--header', `Authorization: Bearer ${value}`, '--stored-auth-only'];
    await expectCall(steps, call(start, ...tool('whoami'), ...given(token)), 'whoami', token, /demo/);
    await refused(steps, call(start, ...tool('whoami'), ...given(`${token}x`)), { authorized: true });
  });
  steps.end();
}

function tool(name, ...args) {
  return ['--method', 'tools/call', '--tool-name', name, ...args.flatMap((arg) => ['--tool-arg', arg])];
}

async function result(program) {
  assert.equal(await program.ended(), 0, program.stderr);
  return JSON.parse(program.stdout).result;
}

/** It lists the tools before it calls one. */
async function expectCall(steps, program, name, token, answer) {
  const { content } = await result(program);
  steps.expect('list of tools again', { rpc: 'tools/list', token, status: 200 });
  steps.expect(name, { rpc: 'tools/call', tool: name, token, status: 200 });
  steps.check(`${name} answers`, () => assert.match(content[0].text, answer));
}

async function refused(steps, program, { authorized }) {
  const code = await program.ended();
  steps.expect('refused', { who: WHO, rpc: 'initialize', authorized, status: 401 });
  steps.check('the command line says that a login is needed', () => {
    assert.equal(code, AUTH_REQUIRED);
    assert.match(program.stderr, /"code":"auth_required"/);
  });
}

/** Connect, the login form, back again, tools, a tool, and one that needs more scope. */
export async function page(context) {
  const { mcp, wire, steps } = context;
  const asked = await withChromium((browser) =>
    withPrograms({ wire, who: WHO }, async (start) => {
      const server = start(SCRIPT, ['--web', '--server-url', mcp, '--transport', 'http'], {
        ...WEB,
        CLIENT_PORT: String(await freePort()),
      });
      const page = await openPage(browser);
      await page.goto((await server.opened()).href);
      await page.getByRole('switch', { name: /^Connect/ }).press('Space');
      const form = await fillIn(page, context);
      await page.getByRole('radio', { name: 'Tools' }).press('Space');
      await use(page, 'echo', 'good morning', /^good morning/);
      await use(page, 'whoami', undefined, /^You are demo, with the scope mcp:tools\b/);
      await execute(page, 'add_note', 'buy milk');
      const dialog = await page.getByRole('dialog').innerText();
      await page.getByRole('button', { name: 'Authorize' }).click();
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByRole('radio', { name: 'Tools' }).press('Space');
      await use(page, 'add_note', 'buy milk', /^Kept/);
      return { form, dialog };
    }),
  );
  const login = expectLogin(steps, mcp, 'initialize');
  steps.check('the page sent its user to the login form of the authorization server', () =>
    assert.equal(new URL(asked.form).origin, login.server.issuer),
  );
  const admitted = { token: login.token.access_token, status: 200 };
  steps.expect('list of tools', { rpc: 'tools/list', ...admitted });
  steps.expect('echo', { rpc: 'tools/call', tool: 'echo', ...admitted });
  steps.expect('whoami', { rpc: 'tools/call', tool: 'whoami', ...admitted });
  expectStepUpChallenge(steps, login.challenge);
  steps.check('the page asks for the scope of the challenge', () => assert.match(asked.dialog, /notes:write\s+new/i));
  const wider = expectToken(steps, login.server, mcp, `${BASE_SCOPE} ${MORE_SCOPE}`);
  steps.expect('list of tools again', { rpc: 'tools/list', token: wider.access_token, status: 200 });
  steps.expect('add_note with the wider token', {
    rpc: 'tools/call',
    tool: 'add_note',
    token: wider.access_token,
    status: 200,
  });
  steps.end();
}

/** The URL of the form. */
async function fillIn(page, { user, password }) {
  await page.getByLabel('Username').fill(user);
  await page.getByLabel('Password').fill(password);
  const form = page.url();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  return form;
}

async function execute(page, name, text) {
  await page.getByRole('button', { name, exact: true }).click();
  if (text) {
    await page.getByRole('textbox', { name: 'text', exact: true }).fill(text);
  }
  await page.getByRole('button', { name: 'Execute Tool' }).click();
}

async function use(page, name, text, answer) {
  await execute(page, name, text);
  await page.getByRole('heading', { name: 'Results' }).waitFor();
  await page.getByText(answer).waitFor();
}
