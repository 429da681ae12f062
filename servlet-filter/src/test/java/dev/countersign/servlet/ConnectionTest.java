package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

  private static final String JAKARTA = "jakarta.servlet.request.X509Certificate";
  private static final String JAVAX = "javax.servlet.request.X509Certificate";
  private static final X509Certificate CLIENT =
      certificate(
          "MIIBcjCCARmgAwIBAgIUKECvoXica1GlQ6dc/cm9JqCugA4wCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDb25l"
              + "MCAXDTI2MTEyNTE5NDYzOFoYDzIxMjYxMTAxMTk0NjM4WjAOMQwwCgYDVQQDDANvbmUwWTATBgcqhkjOPQIB"
              + "BggqhkjOPQMBBwNCAAQm3rusEGpfWHA1dUVpDzUT9V3MIYlCBAICELZGLF3T7G7s8EGPuN933i0pnWmFjEno"
              + "MSRgXV97Bd4qToxsGjW0o1MwUTAdBgNVHQ4EFgQUE1LsWwA1TsfIRYf9+vzP39YyY2gwHwYDVR0jBBgwFoAU"
              + "E1LsWwA1TsfIRYf9+vzP39YyY2gwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAH5KwMer7R"
              + "MbWNXWGl/PyGBHkHOA9L9n40capmnp09kQIgami36ZBBH/CbwcjUf1MyqwDYYnQMXPSDULer4fLsDHc=");
  private static final X509Certificate AUTHORITY =
      certificate(
          "MIIBcjCCARmgAwIBAgIUZgcXAXX2N/xRDkdx3Woss03a5GIwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDdHdv"
              + "MCAXDTI2MTEyNTE5NDYzOVoYDzIxMjYxMTAxMTk0NjM5WjAOMQwwCgYDVQQDDAN0d28wWTATBgcqhkjOPQIB"
              + "BggqhkjOPQMBBwNCAAQAtiAxtI1TZWLlOP9Iiv4NHuZE6qdTvj1GgF/h8WqcE4I6YGdoB6UknvdfFQWRnhtp"
              + "02T/NSWvqwAt41pBcmuSo1MwUTAdBgNVHQ4EFgQUmhhKeRMSomSKbtbBcO89IuSLE4YwHwYDVR0jBBgwFoAU"
              + "mhhKeRMSomSKbtbBcO89IuSLE4YwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB4yuW0ahur"
              + "P2BZf5+pouDjfIVO7enmm+paBRGnCQ60MQIgDtMlyq1+AP7GFWv3qzAKWjH2oJsHl2eTsSu+ELPsrd0=");

  private static X509Certificate certificate(String der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(der)));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static ServletRequest request(String address, Map<String, Object> attributes) {
    return (ServletRequest)
        Proxy.newProxyInstance(
            ServletRequest.class.getClassLoader(),
            new Class<?>[] {ServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getAttribute")
                    ? attributes.get(arguments[0])
                    : method.getName().equals("getRemoteAddr") ? address : null);
  }

  private static Optional<X509Certificate> client(String attribute, Object value) {
    return Connection.clientCertificate(request("127.0.0.1", Map.of(attribute, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {JAKARTA, JAVAX})
  void X07_theFirstOfTheChainIsTheClient(String attribute) {
    X509Certificate[] chain = {CLIENT, AUTHORITY};
    assertEquals(Optional.of(CLIENT), client(attribute, chain));
    assertEquals(Optional.of(AUTHORITY), client(attribute, new X509Certificate[] {AUTHORITY}));
  }

  @ParameterizedTest
  @ValueSource(strings = {JAKARTA, JAVAX})
  void X07_whatIsNoChainIsNoCertificate(String attribute) {
    assertEquals(Optional.empty(), client(attribute, new X509Certificate[0]));
    assertEquals(Optional.empty(), client(attribute, "CN=client"));
    assertEquals(Optional.empty(), client("other", new X509Certificate[] {CLIENT}));
  }

  @Test
  void X05_thePeerIsAnAddressAndNothingIsLookedUp() throws UnknownHostException {
    assertEquals(
        Optional.of(InetAddress.getByName("192.0.2.7")),
        Connection.peer(request("192.0.2.7", Map.of())));
    assertEquals(
        Optional.of(InetAddress.getByName("::1")),
        Connection.peer(request("0:0:0:0:0:0:0:1%0", Map.of())));
    for (String none : new String[] {"localhost", "", "unix:/tmp/x", "999.9.9.9", "abc.de"}) {
      assertEquals(Optional.empty(), Connection.peer(request(none, Map.of())), none);
    }
    assertEquals(Optional.empty(), Connection.peer(request(null, Map.of())));
  }
}
