// express-oauth2-jwt-bearer by Auth0, as its README does it, with strict for tokens of RFC 9068. It knows no metadata of
// resources: that comes from the router of the official SDK, whose URL its challenge does not name.
import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { serve } from './mcp.mjs';

const { ISSUER, JWKS_URI, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const oauthMetadata = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();

const app = express();
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource, scopesSupported: ['mcp:read'], resourceName: 'Peer' }));
app.all(
  resource.pathname,
  auth({ issuer: ISSUER, jwksUri: JWKS_URI, audience: RESOURCE, strict: true, maxTokenAge: 3600, tokenSigningAlg: 'RS256' }),
  requiredScopes('mcp:read'),
  express.json(),
  serve,
);
app.listen(Number(resource.port), '127.0.0.1');
