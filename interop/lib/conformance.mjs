// The official conformance suite. It cannot log in, so its requests are given a token on their way.

import assert from 'node:assert/strict';
import { discover, register, token } from './byhand.mjs';
import { BASE_SCOPE } from './login.mjs';
import { withPrograms } from './program.mjs';

const SCRIPT = '@modelcontextprotocol/conformance/dist/index.js';
const WHO = 'suite';
/** Its other scenarios call tools, prompts and resources of a server that is made for it. */
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'logging-set-level'];
const REBINDING = 'dns-rebinding-protection';

/** With a token every scenario passes; without one they fail, because every request is refused. */
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

async function expectVerdict(steps, start, mcp, name, { passed }) {
  // Its requests are those of Node, which takes no notice of a proxy unless it is told to.
  const program = start(SCRIPT, ['server', '--url', mcp, '--scenario', name], { NODE_USE_ENV_PROXY: '1' });
  const code = await program.ended();
  const [, successes, checks] = program.stdout.match(/^Passed: (\d+)\/(\d+)/m) ?? assert.fail(program.stderr);
  steps.check(`${name}: ${passed ? 'passes' : 'fails'}`, () => {
    assert.ok(checks > 0, 'nothing was checked');
    assert.deepEqual([code, successes === checks], passed ? [0, true] : [1, false], program.stdout);
  });
}
