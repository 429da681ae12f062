package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPortsTest {

  private static List<InetSocketAddress> open() throws IOException {
    Optional<List<InetSocketAddress>> open = OpenPorts.ofThisProcess();
    assumeTrue(open.isPresent(), "only Linux tells which ports are open");
    return open.get();
  }

  @Test
  void K10_knowsWhereThisProcessListens() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    SocketAddress listening;
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, server.getLocalPort())) {
      listening = server.getLocalSocketAddress();
      List<Integer> ports = open().stream().map(InetSocketAddress::getPort).toList();

      assertTrue(ports.contains(server.getLocalPort()));
      // Of a connection.
      assertFalse(ports.contains(client.getLocalPort()));
    }
    assertFalse(open().contains(listening));
  }

  @Test
  void readsAddressesOfBothFamilies() throws IOException {
    byte[] any = new byte[16];

    assertEquals(
        new InetSocketAddress(InetAddress.getByAddress(any), 8080),
        OpenPorts.address("0".repeat(32) + ":1F90"));
    assertEquals(
        new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 443),
        OpenPorts.address("00000000:01BB"));
  }

  @Test
  void saysNothingWhereTheOperatingSystemDoesNot(@TempDir Path process) throws IOException {
    assertEquals(Optional.empty(), OpenPorts.of(process));
  }

  @Test
  void needsNoTableOfAProtocolThatIsOff(@TempDir Path process) throws IOException {
    Files.createDirectories(process.resolve("fd"));

    assertEquals(Optional.of(List.of()), OpenPorts.of(process));
  }
}
