// mcp-auth in its mode "resource server", as the documentation of its class MCPAuth does it, with every option that closes
// something: the audience, the type and the claims of the token.
import express from 'express';
import { fetchServerConfig, MCPAuth } from 'mcp-auth';
import { serve } from './mcp.mjs';

const { ISSUER, RESOURCE } = process.env;
const resource = new URL(RESOURCE);

const mcpAuth = new MCPAuth({
  protectedResources: [
    {
      metadata: {
        resource: RESOURCE,
        authorizationServers: [await fetchServerConfig(ISSUER, { type: 'oauth' })],
        scopesSupported: ['mcp:read'],
        bearerMethodsSupported: ['header'],
        resourceName: 'Peer',
      },
    },
  ],
});

const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.all(
  resource.pathname,
  mcpAuth.bearerAuth('jwt', {
    resource: RESOURCE,
    audience: RESOURCE,
    requiredScopes: ['mcp:read'],
    jwtVerify: { typ: 'at+jwt', algorithms: ['RS256'], requiredClaims: ['exp', 'sub', 'client_id'], maxTokenAge: '1 hour' },
  }),
  express.json(),
  serve,
);
app.listen(Number(resource.port), '127.0.0.1');
