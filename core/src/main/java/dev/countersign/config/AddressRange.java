package dev.countersign.config;

import dev.countersign.spi.AddressLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632 section 3.1, RFC 4291 section 2.3). Immutable.
 *
 * @param network an address of the block
 * @param bits how many of its first bits all addresses of the block share
 */
public record AddressRange(InetAddress network, int bits) {

  private static final Pattern RANGE = Pattern.compile("(?<address>[^/%]+)(/(?<bits>\\d{1,3}))?");

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if an address has not as many bits
   */
  public AddressRange {
    if (bits < 0 || bits > network.getAddress().length * 8) {
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  private static final String EXPECTED =
      "expected an address or a block such as 10.0.0.0/8 or 2001:db8::/32, no name";

  /**
   * Reads an address or a block.
   *
   * @param text {@code 192.0.2.7}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}
   * @return the block; of one address if there is no length
   * @throws IllegalArgumentException if it is neither; no name is looked up
   */
  public static AddressRange parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
    InetAddress network =
        AddressLiteral.parse(range.group("address"))
            .orElseThrow(() -> new IllegalArgumentException(EXPECTED));
    String bits = range.group("bits");
    return new AddressRange(
        network, bits == null ? network.getAddress().length * 8 : Integer.parseInt(bits));
  }

  /**
   * Whether an address is in one of several ranges.
   *
   * @param ranges the ranges
   * @param address an address
   * @return whether one of them contains it
   */
  public static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Whether an address is in the block.
   *
   * @param address the address; never in a block of the other version of IP
   * @return true if its first bits are those of the block
   */
  public boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }
}
