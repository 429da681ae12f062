import com.sun.net.httpserver.HttpServer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

/** Says how its server answers, and which jars it has its libraries from, one a line. */
public final class OwnLibraries {

  public static void main(String[] arguments) throws Exception {
    InetAddress host = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
    server.start();
    URL url = new URL("http", "localhost", server.getAddress().getPort(), "/mcp");
    System.out.println(((HttpURLConnection) url.openConnection()).getResponseCode());
    server.stop(0);
    for (String name :
        List.of(
            "com.nimbusds.jose.JWSObject",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.github.benmanes.caffeine.cache.Caffeine",
            "net.bytebuddy.ByteBuddy")) {
      var origin = Class.forName(name).getProtectionDomain().getCodeSource().getLocation();
      System.out.println(Path.of(origin.toURI()).getFileName());
    }
  }
}
