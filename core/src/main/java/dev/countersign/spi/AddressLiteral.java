package dev.countersign.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address as servers and settings write it. */
public final class AddressLiteral {

  // Only literals, for which nothing is looked up.
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

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
