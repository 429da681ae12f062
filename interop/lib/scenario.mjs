// One run: what it is called, what was on the wire, and how it came out.

import { Steps } from './steps.mjs';
import { Wire } from './wire.mjs';
import { tolerated } from './login.mjs';
import { elapsed } from './group.mjs';

const LIMIT_MS = 180_000;

/** Thrown by a run that needs what this machine does not have; the message says what. */
export class Skipped extends Error {}

/** A run that ends in a result, never in an exception. */
export function scenario(name, run) {
  return {
    name,
    async run(context) {
      const wire = new Wire();
      const steps = new Steps(wire, tolerated);
      const start = Date.now();
      const result = (outcome) => ({ name, wire, steps, milliseconds: Date.now() - start, ...outcome });
      try {
        await Promise.race([run({ ...context, wire, steps }), late()]);
        return result();
      } catch (problem) {
        return result({ [problem instanceof Skipped ? 'skipped' : 'failure']: problem });
      }
    },
  };
}

async function late() {
  await elapsed(LIMIT_MS);
  throw new Error(`not at its end after ${LIMIT_MS / 1000} seconds`);
}
