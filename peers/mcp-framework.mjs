// mcp-framework with OAuthAuthProvider, as the part "JWT Validation" of its README does it.
import { MCPServer, MCPTool, OAuthAuthProvider } from 'mcp-framework';
import { z } from 'zod';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const resource = new URL(RESOURCE);

class Hello extends MCPTool {
  name = 'hello';
  description = 'hello';
  schema = z.object({});

  async execute() {
    return 'hello';
  }
}

const server = new MCPServer({
  name: 'peer',
  version: '1',
  transport: {
    type: 'http-stream',
    options: {
      port: Number(resource.port),
      endpoint: resource.pathname,
      responseMode: 'batch',
      auth: {
        provider: new OAuthAuthProvider({
          authorizationServers: [ISSUER],
          resource: RESOURCE,
          validation: { type: 'jwt', jwksUri: JWKS_URI, audience: RESOURCE, issuer: ISSUER, algorithms: ['RS256'] },
        }),
        endpoints: { initialize: true, messages: true },
      },
      cors: { allowOrigin: 'http://localhost:6274' },
    },
  },
});
server.addTool(Hello);
await server.start();
