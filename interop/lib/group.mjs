// Child processes, each the leader of a group of its own, so that none outlives the run.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

const STOP_LIMIT_MS = 10_000;
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => stopAll().finally(() => process.exit(1)));
}

/** Stops whatever still runs. */
export function stopAll() {
  return Promise.all([...running].map((stop) => stop()));
}

/** The child, when it `exited`, and how to `stop` all of its group; a signal to this process stops it, too. */
export function startGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const exited = once(child, 'exit');
  // Who waits for it is told; a program that cannot be started must not end the run beside that.
  exited.catch(() => {});
  const stop = async () => {
    await stopGroup(child, exited);
    running.delete(stop);
  };
  running.add(stop);
  return { child, exited, stop };
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

/** Does not keep the process alive. */
export function elapsed(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
