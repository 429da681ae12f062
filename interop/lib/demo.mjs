// The servers as child processes: Maven in the root of the repository, on free ports.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEMO = ['-q', '-Pdemo', '-Dmcp.port=0', '-Das.port=0'];
const SAMPLES = { spring: ['-q', '-Pdemo,demo-spring', '-pl', 'samples/spring', '-am'] };
const MCP_URL = /MCP server +(https?:\/\/[^\s"']+\/mcp)\b/;
const ISSUER = /authorization server +(https?:\/\/\S+)/;
const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 10_000;

/** Starts the demo with these settings and resolves with the MCP URL and the issuer that it prints. */
export async function startDemo(settings = []) {
  return start('demo', [...DEMO, ...settings], { mcp: MCP_URL, issuer: ISSUER });
}

/** Starts another sample, whose tokens are those of this issuer. */
export async function startSample(name, issuer) {
  const settings = [`-Dserver.port=${await freePort()}`, `-Dcountersign.authorization-servers=${issuer}`];
  return start(name, [...SAMPLES[name], ...settings], { mcp: MCP_URL });
}

/** What is wanted of the output; the server is stopped by `stop`, and on a signal, too. */
async function start(name, args, wanted) {
  // A process group of its own, because Maven may run the server in a second process.
  const child = spawn('mvn', args, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = () => stopGroup(child, exited);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }
  try {
    return { ...(await Promise.race([printed(name, child, wanted), early(name, exited), late(name)])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// The resource identifier has the port in it, so it must be known before the server has it.
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
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

async function stopGroup(child, exited) {
  if (child.pid === undefined) {
    return;
  }
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([exited, elapsed(STOP_LIMIT_MS)]);
  // Whoever is left of the group after its leader has had its time.
  signalGroup(child.pid, 'SIGKILL');
  await exited;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

function elapsed(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
