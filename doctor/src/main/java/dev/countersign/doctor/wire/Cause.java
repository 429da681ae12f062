package dev.countersign.doctor.wire;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why there was no response, in words that say what to look at. */
final class Cause {

  private Cause() {}

  static String of(Exception failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable one = failure; one != null && chain.size() < 8; one = one.getCause()) {
      chain.add(one);
    }
    if (has(chain, HttpConnectTimeoutException.class)) {
      return "no connection within "
          + Caller.CONNECT.toSeconds()
          + " seconds; a firewall may drop it";
    }
    if (has(chain, HttpTimeoutException.class)) {
      return "no answer within " + Caller.WHOLE.toSeconds() + " seconds";
    }
    if (has(chain, UnresolvedAddressException.class) || has(chain, UnknownHostException.class)) {
      return "the name of the host is unknown (DNS)";
    }
    if (has(chain, SSLException.class)) {
      return "TLS: " + tls(messages(chain));
    }
    if (has(chain, ConnectException.class)) {
      return "the connection is refused: nothing listens there";
    }
    return plain(failure, messages(chain));
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  private static String messages(List<Throwable> chain) {
    StringBuilder all = new StringBuilder();
    chain.forEach(one -> all.append(one.getMessage()).append('\n'));
    return all.toString();
  }

  private static String tls(String messages) {
    String text = messages.toLowerCase(Locale.ROOT);
    if (text.contains("ssl message")) {
      return "what listens there does not speak TLS; is it http:// or another port?";
    }
    if (text.contains("no subject alternative") || text.contains("no name matching")) {
      return "the certificate is for another name";
    }
    if (text.contains("notafter") || text.contains("expired")) {
      return "the certificate has expired";
    }
    if (text.contains("pkix") || text.contains("trust anchor") || text.contains("unable to find")) {
      return "the certificate is not trusted: it is self-signed, of a private authority, or the"
          + " chain that the server sends is incomplete";
    }
    return messages.lines().findFirst().orElse("the handshake failed");
  }

  private static String plain(Exception failure, String messages) {
    String text = messages.toLowerCase(Locale.ROOT);
    if (failure instanceof EOFException
        || text.contains("received no bytes")
        || text.contains("eof reached")
        || text.contains("connection reset")) {
      return "the connection was closed without an answer; a port for https takes no http://";
    }
    if (text.contains("invalid status line") || text.contains("parser")) {
      return "what listens there does not speak HTTP";
    }
    // What cannot be sent stands in the message, and that may be a token.
    return failure.getMessage() == null || failure instanceof IllegalArgumentException
        ? failure.getClass().getSimpleName()
        : failure.getMessage();
  }
}
