// A real browser without a window: the one in CHROME, or the first that is in PATH.

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { Skipped } from './scenario.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const LIMIT_MS = 30_000;
const ARGUMENTS = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing but this machine: pages that ask for more go without.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** `use` is given a browser, which is closed after it. Throws Skipped if there is none. */
export async function withChromium(use) {
  const browser = await chromium.launch({
    executablePath: await executable(),
    // Chromium refuses to run its sandbox as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ARGUMENTS,
    timeout: LIMIT_MS,
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A page of a context with these options, with every wait bounded. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(LIMIT_MS);
  return context.newPage();
}

async function executable() {
  if (process.env.CHROME) {
    return process.env.CHROME;
  }
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(directory, name);
      if (await access(path, constants.X_OK).then(() => true, () => false)) {
        return path;
      }
    }
  }
  throw new Skipped(`no browser: CHROME is not set, and none of ${NAMES.join(', ')} is in PATH`);
}
