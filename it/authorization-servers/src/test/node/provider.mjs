// oidc-provider on a free port of the loopback. Prints its issuer when it serves; ends with its input.

import { createServer } from 'node:http';
import Provider, { errors } from 'oidc-provider';

const resource = process.argv[2];
const scopes = 'mcp:read mcp:write';

const configuration = (issuer) => ({
  clientDefaults: { token_endpoint_auth_method: 'none' },
  clients: [
    {
      client_id: 'mcp-server',
      client_secret: 'server-secret',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: [],
      response_types: [],
      redirect_uris: [],
    },
  ],
  scopes: ['openid', 'offline_access', ...scopes.split(' ')],
  features: {
    registration: { enabled: true },
    devInteractions: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, indicator) => {
        if (![resource, `${resource}/other`, `${resource}/opaque`].includes(indicator)) {
          throw new errors.InvalidTarget();
        }
        return {
          scope: scopes,
          audience: indicator,
          accessTokenTTL: 300,
          accessTokenFormat: indicator.endsWith('/opaque') ? 'opaque' : 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        };
      },
    },
  },
  pkce: { required: () => true },
});

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', new Provider(issuer, configuration(issuer)).callback());
  console.log(`issuer=${issuer}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
