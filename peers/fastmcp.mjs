// FastMCP (npm) with its OAuth discovery endpoints and an authenticate function, as its README does it.
import { FastMCP } from 'fastmcp';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const keys = createRemoteJWKSet(new URL(JWKS_URI));

const server = new FastMCP({
  name: 'peer',
  version: '1.0.0',
  oauth: {
    enabled: true,
    authorizationServer: {
      issuer: ISSUER,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/token`,
      jwksUri: JWKS_URI,
      responseTypesSupported: ['code'],
    },
    protectedResource: { resource: RESOURCE, authorizationServers: [ISSUER], scopesSupported: ['mcp:read'] },
  },
  authenticate: async (request) => {
    const header = request.headers.authorization;
    if (!header?.startsWith('Bearer ')) {
      throw new Response(null, { status: 401, statusText: 'Missing or invalid authorization header' });
    }
    try {
      const { payload } = await jwtVerify(header.slice(7), keys, { issuer: ISSUER, audience: RESOURCE });
      return { subject: payload.sub };
    } catch {
      throw new Response(null, { status: 401, statusText: 'Invalid token' });
    }
  },
});
server.addTool({ name: 'hello', description: 'hello', execute: async () => 'hello' });
await server.start({ transportType: 'httpStream', httpStream: { port: Number(resource.port), endpoint: resource.pathname, stateless: true } });
