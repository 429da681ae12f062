// The MCP server behind every guard here that is middleware of Express: version 1 of the official SDK, without sessions.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

export async function serve(request, response) {
  const server = new McpServer({ name: 'peer', version: '1' });
  server.tool('hello', async () => ({ content: [{ type: 'text', text: 'hello' }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
}
