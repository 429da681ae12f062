package dev.countersign.agent.adapter.helidon;

import dev.countersign.spi.ResponseHead;
import java.util.List;
import java.util.function.Supplier;

/** The head of a response of Helidon, just before it leaves. */
final class HelidonHead implements ResponseHead {

  /** The methods; found once for each class loader of a server. */
  static final class Methods {

    private static final String RESPONSE = "webserver.http.ServerResponse";
    private static final String FIELDS = "http.WritableHeaders";

    private final Operation status = Operation.of(RESPONSE, "status");
    private final Operation code = Operation.of("http.Status", "code");
    private final Operation fields = Operation.of(RESPONSE, "headers");
    private final Operation name = Operation.of("http.HeaderNames", "create", String.class);
    private final Operation all =
        Operation.of("http.Headers", "all", Operation.type("http.HeaderName"), Supplier.class);
    private final Operation remove =
        Operation.of(FIELDS, "remove", Operation.type("http.HeaderName"));
    private final Operation set =
        Operation.of(FIELDS, "set", Operation.type("http.HeaderName"), String[].class);
  }

  private final Methods methods;
  private final Object response;

  HelidonHead(Methods methods, Object response) {
    this.methods = methods;
    this.response = response;
  }

  @Override
  public int status() {
    return (int) methods.code.on(methods.status.on(response));
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<String> headers(String name) {
    Supplier<List<String>> none = List::of;
    Object fields = methods.fields.on(response);
    return List.copyOf((List<String>) methods.all.on(fields, methods.name.on(null, name), none));
  }

  @Override
  public void headers(String name, List<String> values) {
    Object fields = methods.fields.on(response);
    Object field = methods.name.on(null, name);
    if (values.isEmpty()) {
      methods.remove.on(fields, field);
    } else {
      methods.set.on(fields, field, values.toArray(String[]::new));
    }
  }
}
