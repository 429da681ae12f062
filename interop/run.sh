#!/bin/sh
# Everything from a clean checkout: Node 22 and the clients from npm, the demo from Maven, all runs.
# Arguments go to run.mjs; "--mcp URL" uses a running server instead of starting the demo.
set -eu
cd "$(dirname "$0")"

# Without clients there is nothing to run. With --complete that is a failure.
skip() {
  echo "SKIPPED every interop run: $1"
  case " $all " in *" --complete "*) exit 1 ;; esac
  exit 0
}

all="$*"
command -v npm > /dev/null || skip "npm is not in PATH"
if ! npm ci --no-audit --no-fund --loglevel=error; then
  npm ping > /dev/null 2>&1 || skip "the npm registry is out of reach"
  exit 1
fi
exec node_modules/.bin/node run.mjs "$@"
