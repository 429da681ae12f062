// A fetch that remembers: method, URL, status, WWW-Authenticate, and what the body asked for.

/** A client that is refused the same thing again and again has to give up long before this. */
const MOST_EXCHANGES = 100;

/** Every exchange in order; `fetch(who)` gives a recording fetch for one party. */
export class Wire {
  exchanges = [];

  fetch(who) {
    return async (input, init = {}) => {
      const request = new Request(input, { ...init, signal: undefined });
      const body = typeof init.body === 'string' ? init.body : String(init.body ?? '');
      const exchange = this.sent(who, request.method, request.url, request.headers, body);
      const response = await fetch(input, init);
      answered(exchange, response.status, response.headers);
      exchange.answer = await jsonOf(response);
      return response;
    };
  }

  /** A request that leaves now; a proxy calls this for a client in a process of its own. */
  sent(who, method, url, headers, body) {
    const authorization = headers.get('authorization') ?? undefined;
    const exchange = {
      who,
      method,
      url,
      authorized: authorization !== undefined,
      token: (authorization ?? '').replace(/^(Bearer|DPoP) /i, ''),
      scheme: authorization?.split(' ')[0],
      proof: headers.get('dpop') ?? undefined,
      body,
      ...meaning(headers, body),
    };
    if (this.exchanges.push(exchange) > MOST_EXCHANGES) {
      throw new Error(`more than ${MOST_EXCHANGES} requests`);
    }
    return exchange;
  }
}

/** What the head of a response says. */
export function answered(exchange, status, headers) {
  exchange.status = status;
  exchange.challenge = headers.get('www-authenticate') ?? undefined;
  exchange.nonce = headers.get('dpop-nonce') ?? undefined;
}

/** What a reader wants to know of a request body: the JSON-RPC method, or the OAuth grant. */
function meaning(headers, body) {
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { form: Object.fromEntries(new URLSearchParams(body)) };
  }
  if (!type.startsWith('application/json') || body === '') {
    return {};
  }
  const json = JSON.parse(body);
  return { json, rpc: json.method, tool: json.method === 'tools/call' ? json.params?.name : undefined };
}

// A stream of events may never end, so only JSON is read, from a copy.
async function jsonOf(response) {
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? response.clone().json().catch(() => undefined) : undefined;
}
