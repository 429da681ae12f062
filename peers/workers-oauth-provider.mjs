// Runs workers-oauth-provider.worker.mjs in workerd, the runtime of Cloudflare Workers, by Miniflare.
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';

const { ISSUER, JWKS_URI, RESOURCE, EXTERNAL = '' } = process.env;

const workers = new Miniflare({
  host: '127.0.0.1',
  port: Number(new URL(RESOURCE).port),
  modules: true,
  modulesRoot: fileURLToPath(new URL('.', import.meta.url)),
  modulesRules: [{ type: 'ESModule', include: ['**/*.js', '**/*.mjs'] }],
  scriptPath: fileURLToPath(new URL('workers-oauth-provider.worker.mjs', import.meta.url)),
  compatibilityDate: '2026-07-29',
  compatibilityFlags: ['global_fetch_strictly_public'],
  kvNamespaces: ['OAUTH_KV'],
  bindings: { ISSUER, JWKS_URI, RESOURCE, EXTERNAL },
});
await workers.ready;
process.on('SIGTERM', () => workers.dispose().then(() => process.exit()));
