// The servers as child processes: Maven in the root of the repository, on free ports.

import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { elapsed, startGroup } from './group.mjs';
import { freePort } from './port.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEMO = ['-q', '-Pdemo', '-Dmcp.port=0', '-Das.port=0'];
const SAMPLES = { spring: ['-q', '-Pdemo,demo-spring', '-pl', 'samples/spring', '-am'] };
const MCP_URL = /MCP server +(https?:\/\/[^\s"']+\/mcp)\b/;
const ISSUER = /authorization server +(https?:\/\/\S+)/;
const START_LIMIT_MS = 600_000;

/** Starts the demo with these settings and resolves with the MCP URL and the issuer that it prints. */
export async function startDemo(settings = []) {
  return start('demo', [...DEMO, ...settings], { mcp: MCP_URL, issuer: ISSUER });
}

/** Starts another sample, whose tokens are those of this issuer. */
export async function startSample(name, issuer) {
  // The resource identifier has the port in it, so it must be known before the server has it.
  const settings = [`-Dserver.port=${await freePort()}`, `-Dcountersign.authorization-servers=${issuer}`];
  return start(name, [...SAMPLES[name], ...settings], { mcp: MCP_URL });
}

/** What is wanted of the output, and how to `stop` the server. */
async function start(name, args, wanted) {
  const { child, exited, stop } = startGroup('mvn', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    return { ...(await Promise.race([printed(name, child, wanted), early(name, exited), late(name)])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function printed(name, child, wanted) {
  const found = {};
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(`${name} | ${line}`);
      for (const [what, pattern] of Object.entries(wanted)) {
        found[what] ??= line.match(pattern)?.[1];
      }
      if (Object.keys(wanted).every((what) => found[what])) {
        resolve(found);
      }
    });
  });
}

async function early(name, exited) {
  const [code, signal] = await exited;
  throw new Error(`the ${name} ended (${code ?? signal}) before it printed its MCP URL`);
}

async function late(name) {
  await elapsed(START_LIMIT_MS);
  throw new Error(`the ${name} did not print its MCP URL in ${START_LIMIT_MS / 1000} seconds`);
}
