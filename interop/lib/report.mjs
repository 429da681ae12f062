// The table of one run, and the last line of all.

import { name } from './steps.mjs';

export function report({ name: title, wire, steps, milliseconds, failure, skipped }) {
  console.log(`\n== ${title}`);
  for (const [index, exchange] of wire.exchanges.entries()) {
    const columns = [
      String(index + 1).padStart(3),
      exchange.who.padEnd(8),
      name(exchange).padEnd(58),
      String(exchange.status ?? '-').padEnd(4),
      exchange.step ? `ok: ${exchange.step}` : '',
    ];
    console.log(columns.join(' ').trimEnd());
    if (exchange.challenge) {
      console.log(`             ${exchange.challenge}`);
    }
  }
  if (skipped) {
    console.log(`SKIPPED: ${skipped.message}`);
    return;
  }
  console.log(failure ? `FAILED: ${explain(failure)}` : `passed: ${steps.passed.length} steps in ${(milliseconds / 1000).toFixed(1)} s`);
}

/** An assertion about an error names its class only. */
function explain({ message, actual }) {
  const more = actual instanceof Error && !message.includes(actual.message);
  return more ? `${message}: ${actual.message}` : message;
}

/** Prints the closing lines; the exit code. A run that was skipped is one that failed if the runs are to be `complete`. */
export function summary(results, { complete }) {
  const failed = results.filter(({ failure }) => failure);
  const skipped = results.filter((result) => result.skipped);
  console.log('');
  skipped.forEach(({ name, skipped }) => console.log(`SKIPPED ${name}: ${skipped.message}`));
  failed.forEach(({ name, failure }) => console.log(`FAILED  ${name}: ${explain(failure)}`));
  const passed = results.length - failed.length - skipped.length;
  console.log(`interop: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  return failed.length > 0 || passed === 0 || (complete && skipped.length > 0) ? 1 : 0;
}
