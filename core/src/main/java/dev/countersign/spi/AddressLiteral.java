package dev.countersign.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address as servers and settings write it. */
public final class AddressLiteral {

  // Whatever else has dots, or begins with one, the JDK takes for a name, and looks it up.
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|0?\\d?\\d)";
  private static final Pattern LITERAL =
      Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  private AddressLiteral() {}

  /**
   * Reads an address. No name is ever looked up.
   *
   * @param text {@code 192.0.2.7} or {@code 2001:db8::1}, with or without a zone, which is left out
   *     (RFC 4007 section 11)
   * @return the address; empty if the text is none
   */
  public static Optional<InetAddress> parse(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
