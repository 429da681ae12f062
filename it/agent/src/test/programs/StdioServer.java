import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Answers each line of standard input on standard output, as an MCP server over stdio does. */
public final class StdioServer {

  public static void main(String[] arguments) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("{\"jsonrpc\":\"2.0\",\"id\":" + line.length() + ",\"result\":{}}");
    }
  }
}
