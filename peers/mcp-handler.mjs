// mcp-handler by Vercel, mounted in Hono, as its page "Authorization" does it: withMcpAuth with a verifier of its own,
// and the metadata at the path that resourceMetadataPath names.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import {
  createMcpHandler,
  generateProtectedResourceMetadata,
  metadataCorsOptionsRequestHandler,
  withMcpAuth,
} from 'mcp-handler';
import { verify } from './verify.mjs';

const { ISSUER, RESOURCE } = process.env;
const resource = new URL(RESOURCE);
const metadataPath = `/.well-known/oauth-protected-resource${resource.pathname}`;

const verifyToken = async (request, token) => {
  try {
    return await verify(token);
  } catch {
    return undefined;
  }
};

const handler = createMcpHandler((server) => {
  server.registerTool('hello', {}, async () => ({ content: [{ type: 'text', text: 'hello' }] }));
});
const authHandler = withMcpAuth(handler, verifyToken, {
  required: true,
  requiredScopes: ['mcp:read'],
  resourceMetadataPath: metadataPath,
  resourceUrl: resource.origin,
});
const metadata = generateProtectedResourceMetadata({
  authServerUrls: [ISSUER],
  resourceUrl: RESOURCE,
  additionalMetadata: { scopes_supported: ['mcp:read'], bearer_methods_supported: ['header'], resource_name: 'Peer' },
});

const app = new Hono();
app.get(metadataPath, () => Response.json(metadata, { headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'max-age=3600' } }));
app.options(metadataPath, () => metadataCorsOptionsRequestHandler()());
app.all(resource.pathname, (context) => authHandler(context.req.raw));
serve({ fetch: app.fetch, port: Number(resource.port), hostname: '127.0.0.1' });
