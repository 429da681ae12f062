// The doctor's page in a real browser: about the demo, and about a server that does much wrong.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startBrokenServer } from './broken.mjs';
import { openPage, withChromium } from './chromium.mjs';
import { elapsed, startGroup } from './group.mjs';
import { examine } from './legible.mjs';
import { Skipped } from './scenario.mjs';

const TARGET = fileURLToPath(new URL('../../doctor/target/', import.meta.url));
const JAR = /^countersign-doctor-(?!.*(sources|javadoc)).*\.jar$/;
const LIMIT_MS = 90_000;
/** A desktop, a phone, and the width of a sheet of A4 between its margins. */
const DESKTOP = 1280;
const PHONE = 390;
const SHEET = 720;

export async function page(context) {
  const { mcp, steps } = context;
  const jar = await packaged();
  const directory = await mkdtemp(join(tmpdir(), 'countersign-doctor-'));
  const broken = await startBrokenServer();
  try {
    await withChromium(async (browser) => {
      for (const [name, url, exitCode] of [['good', mcp, 0], ['broken', broken.mcp, 1]]) {
        const file = join(directory, `${name}.html`);
        const findings = await diagnose(jar, url, file);
        steps.check(`${name}: the doctor's exit code`, () => assert.equal(findings.exitCode, exitCode));
        for (const view of views()) {
          await look(browser, { ...context, name, file, findings, view });
        }
      }
    });
  } finally {
    broken.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The file that users run. */
export async function packaged() {
  const files = await readdir(TARGET).catch(() => []);
  const jar = files.find((file) => JAR.test(file));
  if (!jar) {
    throw new Skipped('the doctor is not built: mvn -q -pl doctor -am package -DskipTests');
  }
  return join(TARGET, jar);
}

/** The report as JSON, and the exit code; the page is in the file. */
async function diagnose(jar, url, file) {
  const { child, stop } = startGroup('java', ['-jar', jar, url, '--json', '--html', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let json = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (json += text));
  try {
    const [exitCode] = await Promise.race([closed, elapsed(LIMIT_MS).then(() => assert.fail('the doctor does not end'))]);
    assert.ok([0, 1].includes(exitCode), `the doctor did not run, exit code ${exitCode}`);
    return { ...JSON.parse(json), exitCode };
  } finally {
    await stop();
  }
}

function views() {
  return ['light', 'dark']
    .flatMap((scheme) => [DESKTOP, PHONE].map((width) => ({ width, scheme, media: 'screen' })))
    .concat({ width: SHEET, scheme: 'light', media: 'print' });
}

async function look(browser, { steps, name, file, findings, view, screenshots }) {
  const { width, scheme, media } = view;
  const page = await openPage(browser, { viewport: { width, height: 900 }, colorScheme: scheme });
  const noise = [];
  page.on('console', (message) => noise.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => request.url() === pathToFileURL(file).href || noise.push(`request: ${request.url()}`));
  await page.emulateMedia({ media });
  await page.goto(pathToFileURL(file).href);
  if (screenshots) {
    await page.screenshot({ path: join(screenshots, `${name}-${media}-${width}-${scheme}.png`), fullPage: true });
  }
  const seen = await page.evaluate(examine, { open: media === 'screen' });
  const title = `${name}, ${media}, ${width} pixels, ${scheme}`;
  steps.check(`${title}: no script, no request, no message`, () => {
    assert.deepEqual(noise, []);
    assert.deepEqual(seen.alive, []);
  });
  steps.check(`${title}: everything is inside`, () => assert.deepEqual(seen.outside, []));
  steps.check(`${title}: no word is broken in a narrow column`, () => assert.deepEqual(seen.squeezed, []));
  steps.check(`${title}: all text can be read`, () => assert.deepEqual(seen.illegible, []));
  steps.check(`${title}: the drawing is there`, () => assert.ok(seen.arrows >= 3 && seen.drawn, `${seen.arrows} arrows`));
  steps.check(`${title}: every finding, client and request is there`, () => expectComplete(seen, findings));
  await page.context().close();
}

function expectComplete({ articles, rows }, { findings, clients, requests }) {
  assert.equal(articles.length, findings.length, 'findings');
  for (const { check, message, seen, expected, remedy, clients } of findings) {
    const wanted = [check, message, seen, expected, remedy, clients.join(', ')];
    assert.ok(articles.some((text) => wanted.every((part) => text.includes(part))), `${check}: ${message}`);
  }
  assert.equal(rows.length, clients.length + requests, 'rows of clients and of requests');
  for (const { client, stopped, steps } of clients) {
    assert.ok(rows.some((text) => text.startsWith(client) && [stopped, ...steps].every((part) => text.includes(part))), client);
  }
}
