// What both SDKs want from an application: where client, tokens and verifier are kept (here: in
// memory), and what happens when the user has to log in (here: the URL is kept for the browser).

import { randomUUID } from 'node:crypto';

/** Nothing listens there: the browser of these tests reads the answer from the redirect. */
export const REDIRECT_URI = 'http://127.0.0.1:33418/callback';

export class MemoryProvider {
  #client;
  #tokens;
  #verifier;
  #discovery;
  #state;
  authorizationUrl;

  constructor({ name, refresh, dpop }) {
    if (dpop) {
      this.dpop = () => dpop;
    }
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [REDIRECT_URI],
      grant_types: refresh ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }

  get redirectUrl() {
    return REDIRECT_URI;
  }

  state() {
    this.#state = randomUUID();
    return this.#state;
  }

  expectedState() {
    return this.#state;
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  discoveryState() {
    return this.#discovery;
  }

  saveDiscoveryState(discovery) {
    this.#discovery = discovery;
  }

  redirectToAuthorization(url) {
    this.authorizationUrl = url;
  }
}
