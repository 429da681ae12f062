// Runs every client against one MCP server, prints what was on the wire, and exits with 1 on any
// deviation: node run.mjs [--mcp URL] [--user NAME] [--password WORD] [--only TEXT] [--complete] [--screenshots DIR]

import { parseArgs } from 'node:util';
import { stopAll } from './lib/group.mjs';
import { startDemo, startSample } from './lib/demo.mjs';
import { scenarios } from './lib/scenarios.mjs';
import { report, summary } from './lib/report.mjs';

const { values: options } = parseArgs({
  options: {
    mcp: { type: 'string' },
    user: { type: 'string', default: 'demo' },
    password: { type: 'string', default: 'demo' },
    only: { type: 'string', default: '' },
    screenshots: { type: 'string' },
    complete: { type: 'boolean', default: false },
  },
});

if (Number(process.versions.node.split('.')[0]) < 22) {
  console.error(`Node ${process.versions.node} is too old, expected 22 or newer; run.sh brings its own`);
  process.exit(2);
}

try {
  process.exitCode = options.mcp ? await runAgainst(options.mcp) : await runWithDemo();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
// A run that was given up may have left something behind.
await stopAll();
process.exit();

// A server that runs already has its settings: runs that need others are left out, unless asked for.
async function runAgainst(mcp) {
  return summary(await run(chosen().filter(({ demo, sample }) => (!demo && !sample) || options.only), mcp), options);
}

// Runs that need another setting need another demo.
async function runWithDemo() {
  const groups = Map.groupBy(chosen(), ({ demo = [] }) => demo.join(' '));
  const results = [];
  for (const group of groups.values()) {
    const demo = await startDemo(group[0].demo);
    try {
      results.push(...(await runSamples(group, demo)));
    } finally {
      await demo.stop();
    }
  }
  return summary(results, options);
}

// Another sample has no authorization server of its own: it takes the demo's.
async function runSamples(group, demo) {
  const results = [];
  for (const [name, runs] of Map.groupBy(group, ({ sample }) => sample)) {
    const sample = name && (await startSample(name, demo.issuer));
    try {
      results.push(...(await run(runs, (sample ?? demo).mcp)));
    } finally {
      await sample?.stop();
    }
  }
  return results;
}

function chosen() {
  return scenarios.filter((scenario) => scenario.name.includes(options.only));
}

async function run(group, mcp) {
  const results = [];
  for (const scenario of group) {
    const result = await scenario.run({ ...options, mcp });
    report(result);
    results.push(result);
  }
  return results;
}
