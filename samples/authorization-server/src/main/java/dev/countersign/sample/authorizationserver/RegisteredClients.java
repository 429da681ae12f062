package dev.countersign.sample.authorizationserver;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * The clients that registered themselves. Registration is open, so the oldest ones go when there
 * are more than 1000; the repository of the framework wants at least one client and keeps all.
 * Thread-safe.
 */
final class RegisteredClients implements RegisteredClientRepository {

  private static final int MOST = 1000;

  private final Map<String, RegisteredClient> byClientId = new LinkedHashMap<>();

  @Override
  public synchronized void save(RegisteredClient client) {
    byClientId.put(client.getClientId(), client);
    if (byClientId.size() > MOST) {
      byClientId.remove(byClientId.keySet().iterator().next());
    }
  }

  @Override
  public synchronized @Nullable RegisteredClient findById(String id) {
    return byClientId.values().stream()
        .filter(client -> client.getId().equals(id))
        .findFirst()
        .orElse(null);
  }

  @Override
  public synchronized @Nullable RegisteredClient findByClientId(String clientId) {
    return byClientId.get(clientId);
  }
}
