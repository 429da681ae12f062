// The demo as a child process: Maven in the root of the repository, on free ports.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = ['mvn', '-q', '-Pdemo', '-Dmcp.port=0', '-Das.port=0'];
const MCP_URL = /https?:\/\/[^\s"']+\/mcp\b/;
const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 10_000;

/** Starts the demo with these settings and resolves with the MCP URL it prints; it is stopped on a signal, too. */
export async function startDemo(settings = []) {
  // A process group of its own, because Maven may run the server in a second process.
  const child = spawn(COMMAND[0], [...COMMAND.slice(1), ...settings], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = () => stopGroup(child, exited);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }
  try {
    return { mcp: await Promise.race([printedUrl(child), early(exited), late()]), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function printedUrl(child) {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(`demo | ${line}`);
      const found = line.match(MCP_URL);
      if (found) {
        resolve(found[0]);
      }
    });
  });
}

async function early(exited) {
  const [code, signal] = await exited;
  throw new Error(`the demo ended (${code ?? signal}) before it printed its MCP URL`);
}

async function late() {
  await elapsed(START_LIMIT_MS);
  throw new Error(`the demo did not print its MCP URL in ${START_LIMIT_MS / 1000} seconds`);
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
