// The resource server of the official TypeScript SDK (version 2), as its page "Require authorization" does it:
// requireBearerAuth with a verifier of its own, the metadata router, and createMcpExpressApp, which checks Host and Origin.
import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer, OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';
import { verify } from './verify.mjs';

const { ISSUER, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const oauthMetadata = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();

const verifier = {
  async verifyAccessToken(token) {
    try {
      return await verify(token);
    } catch {
      throw new OAuthError(OAuthErrorCode.InvalidToken, 'The token is not valid');
    }
  },
};

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'peer', version: '1' });
  server.registerTool('hello', {}, async () => ({ content: [{ type: 'text', text: 'hello' }] }));
  return server;
});
const node = toNodeHandler(handler);

const app = createMcpExpressApp();
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource, scopesSupported: ['mcp:read'], resourceName: 'Peer' }));
app.all(
  resource.pathname,
  requireBearerAuth({
    verifier,
    requiredScopes: ['mcp:read'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
  }),
  (request, response) => void node(request, response, request.body),
);
app.listen(Number(resource.port), '127.0.0.1');
