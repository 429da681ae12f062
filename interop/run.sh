#!/bin/sh
# Everything from a clean checkout: Node 22 and the clients from npm, the demo from Maven, all runs.
# Arguments go to run.mjs; "--mcp URL" uses a running server instead of starting the demo.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error
exec node_modules/.bin/node run.mjs "$@"
