package dev.countersign.agent.adapter.helidon;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A request for an upgrade to WebSocket, which Helidon takes out of its connection before there is
 * a response: an answer is written to the connection itself, which ends with it.
 */
final class UpgradeExchange implements Exchange {

  private final Request head;
  private final Connection writing;
  private final Object connection;

  UpgradeExchange(Request head, Connection writing, Object connection) {
    this.head = head;
    this.writing = writing;
    this.connection = connection;
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String query() {
    return head.query();
  }

  @Override
  public Optional<String> authority() {
    return head.authority();
  }

  @Override
  public List<String> headers(String name) {
    return head.headers(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return head.clientCertificate();
  }

  @Override
  public Optional<InetAddress> peer() {
    return head.peer();
  }

  @Override
  public void send(Response answer) {
    // status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 section 4)
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" \r\n");
    for (FieldLine field : answer.fields()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    writing.write(
        connection, text.append("Connection: close\r\n\r\n").append(answer.body()).toString());
  }

  @Override
  public void accept(Admission admission) {
    // A socket has neither a response of its own nor a context.
    head.remove(admission.hidden());
  }
}
