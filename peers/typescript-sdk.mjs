// The resource server of the official TypeScript SDK (version 1), as its example simpleStreamableHttp does it:
// requireBearerAuth with a verifier of its own, and the metadata router.
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const keys = createRemoteJWKSet(new URL(JWKS_URI));
const oauthMetadata = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();

const verifier = {
  async verifyAccessToken(token) {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: RESOURCE });
      return { token, clientId: payload.client_id, scopes: (payload.scope ?? '').split(' '), expiresAt: payload.exp };
    } catch {
      throw new InvalidTokenError('The token is not valid');
    }
  },
};

const app = express();
app.use(express.json());
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource, scopesSupported: ['mcp:read'] }));
app.all(
  resource.pathname,
  requireBearerAuth({
    verifier,
    requiredScopes: ['mcp:read'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
  }),
  async (request, response) => {
    const server = new McpServer({ name: 'peer', version: '1' });
    server.tool('hello', async () => ({ content: [{ type: 'text', text: 'hello' }] }));
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  },
);
app.listen(Number(resource.port), '127.0.0.1');
