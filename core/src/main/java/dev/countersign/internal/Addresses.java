package dev.countersign.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the public internet from all others (RFC 6890). */
final class Addresses {

  /** A block of addresses: its first bytes, and how many bits of them count. */
  private record Block(List<Integer> start, int bits) {

    static Block of(int bits, Integer... start) {
      return new Block(List.of(start), bits);
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (start.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> NOT_PUBLIC_V4 =
      List.of(
          Block.of(8, 0),
          Block.of(8, 10),
          Block.of(10, 100, 64),
          Block.of(8, 127),
          Block.of(16, 169, 254),
          Block.of(12, 172, 16),
          Block.of(24, 192, 0, 0),
          Block.of(24, 192, 0, 2),
          Block.of(16, 192, 168),
          Block.of(15, 198, 18),
          Block.of(24, 198, 51, 100),
          Block.of(24, 203, 0, 113),
          Block.of(3, 224));

  // Only 2000::/3 is handed out; the first blocks inside it are for documentation and other special
  // uses.
  private static final Block GLOBAL_V6 = Block.of(3, 0x20);
  private static final List<Block> NOT_PUBLIC_V6 =
      List.of(
          Block.of(23, 0x20, 0x01, 0x00),
          Block.of(32, 0x20, 0x01, 0x0d, 0xb8),
          Block.of(20, 0x3f, 0xff, 0x00));

  // 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056) carry an IPv4 address.
  private static final Block NAT64 = Block.of(96, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final Block SIX_TO_FOUR = Block.of(16, 0x20, 0x02);

  private Addresses() {}

  /**
   * Whether anybody may be reached there. An IPv4 address inside an IPv6 address is judged as
   * itself.
   */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)) {
      return isPublicV4(bytes);
    }
    if (NAT64.contains(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 2, 6));
    }
    return GLOBAL_V6.contains(bytes)
        && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(bytes));
  }

  private static boolean isPublicV4(byte[] bytes) {
    return NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(bytes));
  }
}
