// The Worker of the quick start of @cloudflare/workers-oauth-provider. It is an authorization server and issues tokens of
// its own; resolveExternalToken, from the page "Advanced configuration", lets it take those of the suite as well.
import { OAuthProvider } from './node_modules/@cloudflare/workers-oauth-provider/dist/oauth-provider.js';
import { createRemoteJWKSet, jwtVerify } from './node_modules/jose/dist/webapi/index.js';

const keys = {};

async function resolveExternalToken({ token, env }) {
  keys[env.JWKS_URI] ??= createRemoteJWKSet(new URL(env.JWKS_URI));
  try {
    const { payload } = await jwtVerify(token, keys[env.JWKS_URI], {
      issuer: env.ISSUER,
      audience: env.RESOURCE,
      typ: 'at+jwt',
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'sub', 'client_id'],
      maxTokenAge: '1 hour',
    });
    if (payload.cnf) {
      return null;
    }
    return { props: { userId: payload.sub }, audience: env.RESOURCE };
  } catch {
    return null;
  }
}

const apiHandler = {
  fetch: () => Response.json({ jsonrpc: '2.0', id: 1, result: {} }),
};

const defaultHandler = {
  async fetch(request, env) {
    if (new URL(request.url).pathname !== '/authorize') {
      return new Response('Not found', { status: 404 });
    }
    const asked = await env.OAUTH_PROVIDER.parseAuthRequest(request);
    const { redirectTo } = await env.OAUTH_PROVIDER.completeAuthorization({
      request: asked,
      userId: 'alice',
      metadata: {},
      scope: asked.scope.filter((scope) => scope === 'mcp:read'),
      props: { userId: 'alice' },
    });
    return Response.redirect(redirectTo, 302);
  },
};

let provider;

export default {
  fetch(request, env, context) {
    provider ??= new OAuthProvider({
      apiRoute: new URL(env.RESOURCE).pathname,
      apiHandler,
      defaultHandler,
      authorizeEndpoint: '/authorize',
      tokenEndpoint: '/oauth/token',
      clientRegistrationEndpoint: '/oauth/register',
      scopesSupported: ['mcp:read'],
      resourceMetadata: {
        resource: env.RESOURCE,
        authorization_servers: [env.EXTERNAL ? env.ISSUER : new URL(env.RESOURCE).origin],
        scopes_supported: ['mcp:read'],
        resource_name: 'Peer',
      },
      resolveExternalToken: env.EXTERNAL ? resolveExternalToken : undefined,
    });
    return provider.fetch(request, env, context);
  },
};
