import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A proxy in front of a server that judges its tokens: its challenges do not get through. */
public final class StrippingProxy {

  public static void main(String[] arguments) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(new Stripping(System.getProperty("upstream")));
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    System.out.println("probe http://localhost:" + port);
    System.in.read();
    System.exit(0);
  }

  private static final class Stripping extends ProxyHandler.Reverse {

    Stripping(String upstream) {
      super("https?://[^/]+/(.*)", upstream + "/$1");
    }

    @Override
    protected HttpField filterServerToProxyResponseField(HttpField field) {
      return field.getHeader() == HttpHeader.WWW_AUTHENTICATE ? null : field;
    }
  }
}
