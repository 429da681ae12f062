// Clients that are programs of their own: their home is a temporary directory, their proxy records the
// wire, and the browser that they open is a file with the URL.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startGroup } from './group.mjs';
import { startRelay } from './relay.mjs';

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const LIMIT_MS = 60_000;
const BROWSER = '#!/bin/sh\nprintf %s "$1" > "$HOME/opened.new" && mv "$HOME/opened.new" "$HOME/opened"\n';

/**
 * `use` is given a function that starts a script out of node_modules as `who` on the wire. All of them are
 * ended after it, and what they have kept is gone. For `bearer` see startRelay.
 */
export async function withPrograms({ wire, who, bearer }, use) {
  const home = await temporaryHome();
  const relay = await startRelay(wire, who, bearer);
  const started = [];
  const start = (script, args, env = {}) => {
    started.push(startProgram(join(MODULES, script), args, { home, relay, env }));
    return started.at(-1);
  };
  try {
    return await use(start);
  } finally {
    await Promise.all(started.map((program) => program.stop()));
    await relay.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function temporaryHome() {
  const home = await mkdtemp(join(tmpdir(), 'countersign-interop-'));
  await mkdir(join(home, 'bin'));
  for (const name of ['open', 'xdg-open']) {
    await writeFile(join(home, 'bin', name), BROWSER, { mode: 0o755 });
  }
  return home;
}

function startProgram(script, args, { home, relay, env }) {
  const group = startGroup(process.execPath, [script, ...args], {
    cwd: home,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      HOME: home,
      PATH: join(home, 'bin') + delimiter + process.env.PATH,
      BROWSER: join(home, 'bin', 'xdg-open'),
      // Any other desktop has an opinion of its own about what a browser is.
      XDG_CURRENT_DESKTOP: 'X-Generic',
      HTTP_PROXY: relay.url,
      NO_COLOR: '1',
      ...env,
    },
  });
  return new Program(script, group, join(home, 'opened'));
}

class Program {
  #script;
  #group;
  #opened;
  #closed;
  stdout = '';
  stderr = '';

  constructor(script, group, opened) {
    this.#script = script;
    this.#group = group;
    this.#opened = opened;
    this.#closed = once(group.child, 'close').then(([code]) => code);
    this.#closed.catch(() => {});
    for (const name of ['stdout', 'stderr']) {
      group.child[name].setEncoding('utf8').on('data', (text) => (this[name] += text));
    }
  }

  get stdin() {
    return this.#group.child.stdin;
  }

  /** The exit code. */
  async ended() {
    this.stdin.end();
    let code;
    this.#closed.then((result) => (code = result));
    await this.until('end', () => code !== undefined);
    return code;
  }

  /** The URL that it opens in a browser; once for each. */
  async opened() {
    await this.until('open a browser', () => access(this.#opened).then(() => true, () => false));
    const url = await readFile(this.#opened, 'utf8');
    await rm(this.#opened);
    return new URL(url);
  }

  /** Waits until the condition, which may be a promise, is true; it is asked once more after the end. */
  async until(what, condition) {
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      const { exitCode } = this.#group.child;
      if (await condition()) {
        return;
      }
      if (what !== 'end' && exitCode !== null) {
        assert.fail(`${this.#script} ended with ${exitCode} and did not ${what}: ${this.stderr}`);
      }
      assert.ok(Date.now() < deadline, `${this.#script} did not ${what} in ${LIMIT_MS / 1000} seconds: ${this.stderr}`);
      await pause(20);
    }
  }

  stop() {
    return this.#group.stop();
  }
}
