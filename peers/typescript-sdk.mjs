// The resource server of the official TypeScript SDK (version 1), as its example simpleStreamableHttp does it:
// requireBearerAuth with a verifier of its own, and the metadata router.
import express from 'express';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
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
  serve,
);
app.listen(Number(resource.port), '127.0.0.1');
