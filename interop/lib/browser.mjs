// A person with a browser: keeps cookies, follows redirects, fills in the login form, allows.

import assert from 'node:assert/strict';

const MOST_STEPS = 10;

/** The code of the demo's second step. */
const SECOND_STEP = '2468';

export class Browser {
  #cookies = new Map();
  #fetch;
  #user;
  #password;

  constructor(wire, { user, password }) {
    this.#fetch = wire.fetch('browser');
    this.#user = user;
    this.#password = password;
  }

  /** The parameters with which the authorization server redirects to the client. */
  async authorize(url, redirectUri) {
    let response = await this.#send(url);
    for (let step = 0; step < MOST_STEPS; step++) {
      const location = response.headers.get('location');
      if (!location) {
        response = await this.#submit(response, await response.text());
        continue;
      }
      const target = new URL(location, response.url);
      if (target.href.startsWith(redirectUri)) {
        return target.searchParams;
      }
      response = await this.#send(target);
    }
    throw new Error('the login does not end');
  }

  /** The whole way: logs in, and brings the answer to the client that listens at its redirect URI. */
  async visit(url) {
    const redirectUri = url.searchParams.get('redirect_uri');
    const answer = await this.authorize(url, redirectUri);
    assert.equal(answer.get('error'), null, `the login ended with ${answer}`);
    assert.ok(answer.get('iss'), 'iss in the authorization answer (RFC 9207)');
    assert.equal(answer.get('state'), url.searchParams.get('state'), 'state of the authorization answer');
    const response = await this.#send(`${redirectUri}?${answer}`);
    assert.equal(response.status, 200, `the client says ${await response.text()}`);
  }

  async #submit(response, html) {
    const form = html.match(/<form\b([^>]*)>([\s\S]*?)<\/form>/i);
    if (response.status !== 200 || !form) {
      throw new Error(`no form to fill in, status ${response.status}: ${html.slice(0, 300)}`);
    }
    const body = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<input\b[^>]*>/gi)) {
      const name = attribute(input, 'name');
      if (name) {
        body.append(name, this.#fill(name, attribute(input, 'value') ?? ''));
      }
    }
    return this.#send(new URL(attribute(form[1], 'action') ?? response.url, response.url), body);
  }

  #fill(name, value) {
    return { username: this.#user, password: this.#password, code: SECOND_STEP }[name] ?? value;
  }

  async #send(url, body) {
    const response = await this.#fetch(String(url), {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: body?.toString(),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function attribute(tag, name) {
  const found = tag.match(new RegExp(`\\b${name}="([^"]*)"`, 'i'));
  return found?.[1]
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
