// The official conformance suite: its scenarios for servers, and its logins, for the one client of this project.

import assert from 'node:assert/strict';
import { discover, register, token } from './byhand.mjs';
import { packaged } from './doctor.mjs';
import { BASE_SCOPE } from './login.mjs';
import { withPrograms } from './program.mjs';

/** For one client, in milliseconds; its own limit is short for a busy machine. */
const LIMIT_MS = '60000';
const SCRIPT = '@modelcontextprotocol/conformance/dist/index.js';
const WHO = 'suite';
/** Its other scenarios call tools, prompts and resources of a server that is made for it. */
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'logging-set-level'];
const REBINDING = 'dns-rebinding-protection';

/** Logins at servers of the suite that differ in where metadata is, and in what is asked for. */
const LOGINS = [
  'auth/metadata-var2',
  'auth/scope-from-www-authenticate',
  'auth/scope-from-scopes-supported',
  'auth/scope-omitted-when-undefined',
  'auth/token-endpoint-auth-none',
];
/** Here no login may begin: the metadata is about another resource. */
const NO_LOGIN = 'auth/resource-mismatch';

/**
 * The suite cannot log in, so its requests are given a token on their way. With it every scenario passes; without it
 * they fail, because every request is refused.
 */
export async function server(context) {
  const { mcp, wire, steps } = context;
  const fetch = wire.fetch('by hand');
  const issuer = await discover(mcp, fetch);
  const client = await register(issuer, fetch);
  const good = await token(context, 'by hand', issuer, client, { resource: mcp, scope: BASE_SCOPE });

  await withPrograms({ wire, who: WHO, bearer: { url: mcp, token: good } }, async (start) => {
    for (const name of [...SCENARIOS, REBINDING]) {
      await expectVerdict(steps, start, mcp, name, { passed: true });
    }
  });
  const foreign = wire.exchanges.filter(({ who, status }) => who === WHO && ![200, 202, undefined].includes(status));
  steps.check('only the request with a foreign Host was refused, in spite of its token', () =>
    assert.deepEqual(foreign.map(({ rpc, authorized, status }) => [rpc, authorized, status]), [['initialize', true, 403]]),
  );

  const before = wire.exchanges.length;
  await withPrograms({ wire, who: WHO }, async (start) => {
    for (const name of [SCENARIOS[0], REBINDING]) {
      await expectVerdict(steps, start, mcp, name, { passed: false });
    }
  });
  steps.check('every request without a token was refused', () =>
    wire.exchanges.slice(before).forEach(({ status }) => assert.ok([401, 403].includes(status), `status ${status}`)),
  );
}

/** The doctor logs in as the suite wants. */
export async function login({ wire, steps }) {
  const command = `java -jar '${await packaged()}' --login`;
  const person = wire.fetch('browser');
  await withPrograms({ wire, who: WHO }, async (start) => {
    for (const name of [...LOGINS, NO_LOGIN]) {
      const program = start(SCRIPT, ['client', '--command', command, '--scenario', name, '--timeout', LIMIT_MS]);
      if (name !== NO_LOGIN) {
        await person(await program.opened());
      }
      await verdict(steps, program, name, { passed: true });
    }
  });
}

async function expectVerdict(steps, start, mcp, name, wanted) {
  // Its requests are those of Node, which takes no notice of a proxy unless it is told to.
  const program = start(SCRIPT, ['server', '--url', mcp, '--scenario', name], { NODE_USE_ENV_PROXY: '1' });
  await verdict(steps, program, name, wanted);
}

async function verdict(steps, program, name, { passed }) {
  const code = await program.ended();
  const output = program.stdout + program.stderr;
  const [, successes, checks] = output.match(/^Passed: (\d+)\/(\d+)/m) ?? assert.fail(output);
  steps.check(`${name}: ${passed ? 'passes' : 'fails'}`, () => {
    assert.ok(checks > 0, 'nothing was checked');
    assert.deepEqual([code, successes === checks], passed ? [0, true] : [1, false], output);
  });
}
