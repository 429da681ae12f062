// The table of one run, and the last line of all.

import { name } from './steps.mjs';

export function report(scenario, { wire, steps, failure }) {
  console.log(`\n== ${scenario.name}`);
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
  console.log(failure ? `FAILED: ${explain(failure)}` : `passed: ${steps.passed.length} steps`);
}

/** An assertion about an error names its class only. */
function explain({ message, actual }) {
  const more = actual instanceof Error && !message.includes(actual.message);
  return more ? `${message}: ${actual.message}` : message;
}

/** Prints the closing line; the exit code. */
export function summary(results) {
  const failed = results.filter((result) => result.failure).length;
  console.log(`\ninterop: ${results.length - failed} passed, ${failed} failed`);
  return failed === 0 && results.length > 0 ? 0 : 1;
}
