// A forward proxy: what a client in a process of its own sends and gets is on the wire's record, too.

import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { answered } from './wire.mjs';

/** Not to be handed on by a proxy (RFC 9110 section 7.6.1); it has read the whole body as well. */
const HOP_BY_HOP = ['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding'];

/**
 * Listens on the loopback interface and resolves with the URL for HTTP_PROXY. With `bearer`, requests to its
 * `url` that have no Authorization get its `token`: for a client that cannot log in.
 */
export async function startRelay(wire, who, bearer) {
  const server = createServer((incoming, response) =>
    relay({ wire, who, bearer }, incoming, response).catch(() => response.destroy()),
  );
  // Clients ask for a tunnel for clear text, too; inside it requests have no absolute URL.
  server.on('connect', (incoming, socket) => {
    socket.on('error', () => socket.destroy());
    socket.origin = `http://${incoming.url}`;
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    server.emit('connection', socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function relay({ wire, who, bearer }, incoming, response) {
  const url = new URL(incoming.url, incoming.socket.origin);
  const headers = new Headers(pairs(incoming.rawHeaders));
  HOP_BY_HOP.forEach((name) => headers.delete(name));
  if (bearer?.url === url.href && !headers.has('authorization')) {
    headers.set('authorization', `Bearer ${bearer.token}`);
  }
  const body = await text(incoming);
  const exchange = wire.sent(who, incoming.method, url.href, headers, body);
  const outgoing = forward(url, { method: incoming.method, headers: Object.fromEntries(headers), agent: false });
  response.on('close', () => outgoing.destroy());
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  const fields = new Headers(pairs(answer.rawHeaders));
  answered(exchange, answer.statusCode, fields);
  response.writeHead(answer.statusCode, answer.rawHeaders.filter(endToEnd));
  if (fields.get('content-type')?.includes('json')) {
    const json = await text(answer);
    exchange.answer = parsed(json);
    response.end(json);
  } else {
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  }
}

function pairs(raw) {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1]]] : []));
}

function endToEnd(_, at, raw) {
  return !HOP_BY_HOP.includes(raw[at - (at % 2)].toLowerCase());
}

async function text(stream) {
  const parts = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
