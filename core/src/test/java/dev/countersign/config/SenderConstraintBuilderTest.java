package dev.countersign.config;

import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderConstraintBuilderTest {

  private static Map<String, Object> document(String... keysAndValues) {
    return read(minimalWith(keysAndValues)).resources().get(0).metadata().members();
  }

  private static ConfigException refused(Consumer<ConfigBuilder> step) {
    ConfigBuilder builder =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer("https://id.example");
    step.accept(builder);
    return assertThrows(ConfigException.class, builder::build);
  }

  @Test
  void X05_aCertificateFieldNeedsAProxyAndABinding() {
    String expected = "expected trusted-proxies and certificate-bound-tokens with it";
    assertEquals(
        List.of(problem("client-certificate-header", "Client-Cert", expected)),
        problems(minimalWith("client-certificate-header", "Client-Cert")));
    assertEquals(
        List.of(problem("client-certificate-header", "Client-Cert", expected)),
        problems(
            minimalWith(
                "client-certificate-header",
                "Client-Cert",
                "certificate-bound-tokens",
                "required")));
    assertEquals(
        "Client-Cert",
        read(minimalWith(
                "client-certificate-header",
                "Client-Cert",
                "certificate-bound-tokens",
                "required",
                "trusted-proxies",
                "127.0.0.1"))
            .senderConstraints()
            .certificateHeader());
    assertEquals(
        1,
        problems(
                minimalWith(
                    "client-certificate-header",
                    "no name",
                    "trusted-proxies",
                    "127.0.0.1",
                    "certificate-bound-tokens",
                    "required"))
            .size());
  }

  @Test
  void D21_D36_theDocumentSaysWhatIsEnforced() {
    assertFalse(document().containsKey("dpop_signing_alg_values_supported"));
    assertFalse(document("dpop-nonce", "true").containsKey("dpop_signing_alg_values_supported"));

    Map<String, Object> optional = document("dpop", "optional", "dpop-algorithms", "ES256,EdDSA");
    assertEquals(List.of("ES256", "EdDSA"), optional.get("dpop_signing_alg_values_supported"));
    assertFalse(optional.containsKey("dpop_bound_access_tokens_required"));
    assertEquals(true, document("dpop", "required").get("dpop_bound_access_tokens_required"));
  }

  @Test
  void X06_theFlagOfCertificatesIsThereOnlyWhenAllTokensMustBeBound() {
    String flag = "tls_client_certificate_bound_access_tokens";
    assertFalse(document().containsKey(flag));
    assertFalse(document("certificate-bound-tokens", "optional").containsKey(flag));
    assertEquals(true, document("certificate-bound-tokens", "required").get(flag));
  }

  @Test
  void X06_D36_refusesAMemberThatIsNotEnforced() {
    List<String> values =
        refused(
                builder ->
                    builder
                        .primaryResource()
                        .metadata(m -> m.tlsClientCertificateBoundAccessTokens())
                        .metadata(m -> m.dpopBoundAccessTokensRequired())
                        .metadata(m -> m.dpopSigningAlgValuesSupported(List.of("ES256"))))
            .problems()
            .stream()
            .map(Problem::value)
            .toList();

    assertEquals(3, values.size());
    assertEquals(
        List.of("dpop_signing_alg_values_supported"),
        refused(
                builder -> {
                  builder.senderConstraint().dpop(Binding.OPTIONAL);
                  builder
                      .primaryResource()
                      .metadata(m -> m.dpopSigningAlgValuesSupported(List.of("ES512")));
                })
            .problems()
            .stream()
            .map(Problem::value)
            .toList());
  }

  @Test
  void sayOfReplayThatIsAllowed() {
    assertEquals(List.of(), read(minimalWith("dpop-replay", "false")).relaxations());
    assertEquals(
        List.of("dpop-replay=false (a proof can be used again)"),
        read(minimalWith("dpop-replay", "false", "dpop", "optional")).relaxations());
  }

  @Test
  void refusesAKeyThatIsTooShort(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("key"), new byte[31]);

    assertEquals(
        List.of(
            problem(
                "dpop-nonce-key-file",
                file.toString(),
                "expected a file of 32 to 4096 random bytes")),
        problems(minimalWith("dpop-nonce-key-file", file.toString())));
  }

  @Test
  void refusesAnEmptyListOfAlgorithms() {
    assertEquals(1, refused(b -> b.senderConstraint().dpopAlgorithms(List.of())).problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.255, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::1, ::1, true"
  })
  void X05_aBlockHoldsTheAddressesWithItsFirstBits(String block, String address, boolean inside)
      throws IOException {
    assertEquals(inside, AddressRange.parse(block).contains(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "::/129",
        "10.0.0/8",
        "10.0.0.0/",
        "999.1.1.1",
        "a.b:c",
        "/8"
      })
  void refusesWhatIsNoBlock(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    assertTrue(problems(minimalWith("trusted-proxies", text + ",x")).size() >= 1);
  }
}
