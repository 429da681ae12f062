// Walks along the wire: each step is the next exchange that is not background noise, and has to be
// the expected one.

import assert from 'node:assert/strict';

export class Steps {
  #wire;
  #tolerated;
  #next = 0;
  passed = [];

  /** `tolerated` says which exchanges may stand between two steps. */
  constructor(wire, tolerated) {
    this.#wire = wire;
    this.#tolerated = tolerated;
  }

  /** The next exchange must match `expected`; `check` looks closer and may throw. */
  expect(title, expected, check = () => {}) {
    const exchange = this.#take(title, expected);
    exchange.step = title;
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(exchange[key], value, `${title}: ${key}`);
    }
    check(exchange);
    this.passed.push(title);
    return exchange;
  }

  /** A fact that is not an exchange. */
  check(title, test) {
    test();
    this.passed.push(title);
  }

  /** Nothing but tolerated exchanges is left. */
  end() {
    const rest = this.#wire.exchanges.slice(this.#next).filter((e) => !this.#tolerated(e));
    assert.deepEqual(rest.map(name), [], 'requests after the last step');
  }

  #take(title, expected) {
    for (; this.#next < this.#wire.exchanges.length; this.#next++) {
      const exchange = this.#wire.exchanges[this.#next];
      if (matches(exchange, expected) || !this.#tolerated(exchange)) {
        this.#next++;
        return exchange;
      }
    }
    throw new assert.AssertionError({ message: `${title}: the request never came` });
  }
}

function matches(exchange, expected) {
  return Object.entries(expected).every(([key, value]) => exchange[key] === value);
}

/** One line for an exchange: POST /mcp tools/call add_note */
export function name(exchange) {
  const { pathname } = new URL(exchange.url);
  const detail = [exchange.rpc, exchange.tool, exchange.form?.grant_type].filter(Boolean).join(' ');
  return `${exchange.method} ${pathname} ${detail}`.trim();
}
