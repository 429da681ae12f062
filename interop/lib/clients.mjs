// The two official clients behind one face: connect, call, and finish a login.

import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import * as v1http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v1auth from '@modelcontextprotocol/sdk/client/auth.js';
import * as v2 from '@modelcontextprotocol/client';

const IMPLEMENTATION = { name: 'countersign-interop', version: '0' };

export const sdkV1 = {
  client: () => new v1.Client(IMPLEMENTATION),
  transport: (url, options) => new v1http.StreamableHTTPClientTransport(url, options),
  UnauthorizedError: v1auth.UnauthorizedError,
  finish: (transport, answer) => transport.finishAuth(answer.get('code')),
};

export const sdkV2 = {
  client: () => new v2.Client(IMPLEMENTATION),
  transport: (url, options) => new v2.StreamableHTTPClientTransport(url, options),
  UnauthorizedError: v2.UnauthorizedError,
  finish: (transport, answer) => transport.finishAuth(answer),
};

/** A key of this client's own, to which its tokens are bound (RFC 9449). */
export const dpopSession = () => v2.DpopSession.create({ alg: 'ES256' });

/** Opens with server/discover of protocol 2026-07-28 instead of initialize. */
export const sdkV2Modern = {
  ...sdkV2,
  client: () => new v2.Client(IMPLEMENTATION, { versionNegotiation: { mode: 'auto' } }),
};
