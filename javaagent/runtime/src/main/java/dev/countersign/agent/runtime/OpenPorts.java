package dev.countersign.agent.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a process listens, as Linux tells it (proc(5)). No interface of the JDK does, and a socket
 * that a native library has opened is known to nobody else.
 */
final class OpenPorts {

  private static final String LISTENING = "0A";

  // Columns of /proc/net/tcp and tcp6: sl, local_address, rem_address, st, ..., inode.
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private OpenPorts() {}

  /**
   * Those of this JVM.
   *
   * @return addresses in no order; empty where the operating system does not tell
   * @throws IOException if it does not tell all
   */
  static Optional<List<InetSocketAddress>> ofThisProcess() throws IOException {
    return of(Path.of("/proc/self"));
  }

  /** The same by the directory of a process. */
  static Optional<List<InetSocketAddress>> of(Path process) throws IOException {
    Path descriptors = process.resolve("fd");
    if (!Files.isDirectory(descriptors)) {
      return Optional.empty();
    }
    Set<String> own = targets(descriptors);
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path file = process.resolve(table);
      // There is none where the protocol is switched off.
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row[STATE].equals(LISTENING))
            .filter(row -> own.contains("socket:[" + row[INODE] + "]"))
            .map(row -> address(row[ADDRESS]))
            .forEach(addresses::add);
      }
    }
    return Optional.of(addresses);
  }

  private static Set<String> targets(Path descriptors) throws IOException {
    Set<String> targets = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path one : all) {
        try {
          targets.add(Files.readSymbolicLink(one).toString());
        } catch (NoSuchFileException e) {
          // It has been closed meanwhile, as that of this directory will be.
        }
      }
    }
    return targets;
  }

  /**
   * An address of such a table: words of four bytes in the order of the machine, a colon, the port.
   */
  static InetSocketAddress address(String hexadecimal) {
    int colon = hexadecimal.indexOf(':');
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hexadecimal, 0, colon));
    ByteBuffer address = ByteBuffer.allocate(words.capacity());
    words.order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      address.putInt(words.getInt());
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(address.array()),
          HexFormat.fromHexDigits(hexadecimal, colon + 1, hexadecimal.length()));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address: " + hexadecimal, e);
    }
  }
}
