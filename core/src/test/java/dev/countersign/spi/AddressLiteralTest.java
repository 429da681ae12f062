package dev.countersign.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "9.99.100.199, 9.99.100.199",
    "200.249.250.255, 200.249.250.255",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "::1, 0:0:0:0:0:0:0:1",
    "::, 0:0:0:0:0:0:0:0",
    "::ffff:192.0.2.7, 192.0.2.7",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
  })
  void readsAddresses(String text, String address) {
    assertEquals(Optional.of(address), AddressLiteral.parse(text).map(InetAddress::getHostAddress));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", ":", "1:2:3", "1.2.3", "1.2.3.4.5", "::ffff:999.1.1.1", "host"})
  void anythingElseIsNone(String text) {
    assertEquals(Optional.empty(), AddressLiteral.parse(text));
  }

  /** Runs in a JVM of its own, whose names come from a file. */
  static final class Names {

    private Names() {}

    public static void main(String... names) throws UnknownHostException {
      for (String name : names) {
        System.out.println(
            InetAddress.getByName(name).getHostAddress() + " " + AddressLiteral.parse(name));
      }
    }
  }

  private static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  @Test
  void looksUpNothing(@TempDir Path directory) throws Exception {
    List<String> names = List.of("999.1.1.1", "1.2.3.256", "300.300.300.300", ".:1");
    Path hosts =
        Files.writeString(
            directory.resolve("hosts"), "192.0.2.7 " + String.join(" ", names) + "\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djdk.net.hosts.file=" + hosts);
    command.add("-cp");
    command.add(
        location(AddressLiteral.class) + File.pathSeparator + location(AddressLiteralTest.class));
    command.add(Names.class.getName());
    command.addAll(names);
    Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(
        ("192.0.2.7 Optional.empty" + System.lineSeparator()).repeat(names.size()), printed);
    assertEquals(0, jvm.waitFor());
  }
}
