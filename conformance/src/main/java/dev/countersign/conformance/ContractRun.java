package dev.countersign.conformance;

import dev.countersign.testkit.FakeAuthorizationServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The suite on the servers of the test kit's contract. */
public final class ContractRun {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  /** What the first of them has been set up for. */
  private static final Features PLAIN =
      Features.NONE.withScope("mcp:read").withPage("https://mcp.example.com");

  /** What the other one has been set up for. */
  private static final Features EVERYTHING =
      PLAIN
          .withTokens(TokenForm.ANY)
          .withDpop()
          .with(new Features.ScopedTool("delete_file", "files:write"))
          .with(new Features.StepUpTool("pay", "mfa", Optional.of(Duration.ofHours(1))));

  private ContractRun() {}

  /**
   * Holds an attachment to every rule that it can be held to: once as most servers are set up, and
   * once with everything switched on.
   *
   * @param name how the report calls it
   * @param plain {@code endpoint()} of the contract
   * @param everything {@code endpointWithEverything()} of the contract
   * @param server {@code authorizationServer()} of the contract
   * @return both reports as one
   */
  public static Report of(String name, URI plain, URI everything, FakeAuthorizationServer server) {
    return Suite.run(name, new Subject(plain, server, RESOURCE, PLAIN))
        .with(Suite.run(name, new Subject(everything, server, RESOURCE, EVERYTHING)));
  }
}
