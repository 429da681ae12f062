// FastMCP (npm) with its OAuth discovery endpoints and an authenticate function, as its README does it. Better than there:
// it throws an Error, since a thrown Response goes out as it is, without a challenge; and it knows the scheme in any case.
import { FastMCP } from 'fastmcp';
import { verify } from './verify.mjs';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const resource = new URL(RESOURCE);

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
    protectedResource: { resource: RESOURCE, authorizationServers: [ISSUER], scopesSupported: ['mcp:read'],
      bearerMethodsSupported: ['header'],
      resourceName: 'Peer',
    },
  },
  authenticate: async (request) => {
    const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) {
      throw new Error('There is no token');
    }
    try {
      return await verify(token);
    } catch {
      throw new Error('The token is not valid');
    }
  },
});
server.addTool({ name: 'hello', description: 'hello', execute: async () => 'hello' });
await server.start({ transportType: 'httpStream', httpStream: { port: Number(resource.port), endpoint: resource.pathname } });
