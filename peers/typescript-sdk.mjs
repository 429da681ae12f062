// The resource server of the official TypeScript SDK (version 1), as its example simpleStreamableHttp does it:
// createMcpExpressApp, requireBearerAuth with a verifier of its own, and the metadata router.
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { serve } from './mcp.mjs';
import { verify } from './verify.mjs';

const { ISSUER, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const oauthMetadata = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();

const verifier = {
  async verifyAccessToken(token) {
    try {
      return await verify(token);
    } catch {
      throw new InvalidTokenError('The token is not valid');
    }
  },
};

const app = createMcpExpressApp();
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource, scopesSupported: ['mcp:read'], resourceName: 'Peer' }));
app.all(
  resource.pathname,
  requireBearerAuth({
    verifier,
    requiredScopes: ['mcp:read'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
  }),
  serve,
);
app.listen(Number(resource.port), '127.0.0.1');
