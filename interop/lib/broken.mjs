// An MCP server that does nearly everything wrong, and sends what must not come to life on a page.

import { once } from 'node:events';
import { createServer } from 'node:http';

const HOSTILE = '<img src=https://attacker.example/i onerror=alert(1)><script>alert(2)</script>';
const LONG = 'a-name-without-end-'.repeat(12);

/** Listens on a free port of the loopback interface. */
export async function startBrokenServer() {
  const server = createServer((request, response) => {
    const [status, headers, body] = answer(new URL(request.url, origin()));
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  });
  const origin = () => `http://127.0.0.1:${server.address().port}`;

  function answer({ pathname }) {
    if (pathname.startsWith('/mcp')) {
      const pointer = `${origin()}/.well-known/oauth-protected-resource/${LONG}`;
      return [401, { 'www-authenticate': `Bearer realm="${HOSTILE}", error=invalid_token, resource_metadata=${pointer}` }, HOSTILE];
    }
    if (pathname.startsWith('/.well-known/oauth-protected-resource')) {
      const metadata = { resource: `${origin()}/${HOSTILE}`, authorization_servers: [`${origin()}/as/`, `${origin()}/as2`] };
      return [200, {}, JSON.stringify(metadata)];
    }
    return [404, {}, HOSTILE];
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    mcp: `${origin()}/mcp`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
