package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** An authorization server on the loopback with one key, and the tokens that it issues. */
final class Issuer implements AutoCloseable {

  static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String KEY = "2026-11-key-1";

  // On a machine that is busy a first fetch of keys may take longer than a request waits for it.
  private static final int MAX_TRIES = 20;
  private static final long PAUSE = 1_000_000_000L;

  private final JWSAlgorithm algorithm;
  private final KeyPair pair;
  private final HttpServer http;

  Issuer(JWSAlgorithm algorithm) throws GeneralSecurityException, IOException {
    this.algorithm = algorithm;
    this.pair = newPair(algorithm);
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(
        "/.well-known/oauth-authorization-server",
        "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/jwks\"}");
    serve("/jwks", "{\"keys\":[" + jwk().toPublicJWK().toJSONString() + "]}");
    http.start();
  }

  private static KeyPair newPair(JWSAlgorithm algorithm) throws GeneralSecurityException {
    if (algorithm.equals(JWSAlgorithm.EdDSA)) {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
    boolean rsa = algorithm.equals(JWSAlgorithm.RS256);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
    if (rsa) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  private void serve(String path, String document) {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    http.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  String name() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  KeyPair pair() {
    return pair;
  }

  JWK jwk() {
    if (pair.getPublic() instanceof RSAPublicKey key) {
      return new RSAKey.Builder(key).keyID(KEY).algorithm(algorithm).build();
    }
    if (pair.getPublic() instanceof ECPublicKey key) {
      return new ECKey.Builder(Curve.P_256, key).keyID(KEY).algorithm(algorithm).build();
    }
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
        .keyID(KEY)
        .algorithm(algorithm)
        .build();
  }

  /** A new token of RFC 9068, good for an hour. */
  String token() throws GeneralSecurityException, JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(name())
            .subject(UUID.randomUUID().toString())
            .audience(RESOURCE)
            .expirationTime(Date.from(now.plusSeconds(3600)))
            .issueTime(Date.from(now))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", "https://client.example.com/metadata.json")
            .claim("scope", "mcp:read mcp:write files:read files:write")
            .claim("auth_time", now.getEpochSecond() - 60)
            .claim("acr", "urn:mace:incommon:iap:silver")
            .build();
    JWSHeader header =
        new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt")).keyID(KEY).build();
    String input = header.toBase64URL() + "." + Base64URL.encode(claims.toString());
    return input + "." + signature(header, input.getBytes(StandardCharsets.US_ASCII));
  }

  private Base64URL signature(JWSHeader header, byte[] input)
      throws GeneralSecurityException, JOSEException {
    if (pair.getPrivate() instanceof ECPrivateKey key) {
      return new ECDSASigner(key).sign(header, input);
    }
    if (algorithm.equals(JWSAlgorithm.RS256)) {
      return new RSASSASigner(pair.getPrivate()).sign(header, input);
    }
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(input);
    return Base64URL.encode(signature.sign());
  }

  /** An engine that trusts this issuer and has its keys. */
  ResourceServer engine(int tokenCacheSize) {
    return engine(config -> config.tokenCacheSize(tokenCacheSize));
  }

  /** The same, with more in its configuration. */
  ResourceServer engine(Consumer<ConfigBuilder> more) {
    ConfigBuilder config =
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(name())
            .allowHttpOnLoopback()
            .requiredScopes("mcp:read");
    more.accept(config);
    ResourceServer engine = ResourceServer.create(config.build());
    try {
      Call first = new Call("Bearer " + token());
      for (int tries = 0; !engine.admit(first) && tries < MAX_TRIES; tries++) {
        LockSupport.parkNanos(PAUSE);
      }
      return engine;
    } catch (GeneralSecurityException | JOSEException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
