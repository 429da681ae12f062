import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** A GET by each client, with its status as the result. */
enum Clients {
  JDK {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      return HttpClient.newHttpClient()
          .send(request(uri, fields), BodyHandlers.discarding())
          .statusCode();
    }
  },
  JDK_ASYNC {
    @Override
    int send(URI uri, List<String[]> fields) {
      return HttpClient.newHttpClient()
          .sendAsync(request(uri, fields), BodyHandlers.discarding())
          .join()
          .statusCode();
    }
  },
  URL_CONNECTION {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      fields.forEach(field -> connection.addRequestProperty(field[0], field[1]));
      return connection.getResponseCode();
    }
  },
  APACHE4 {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      var get = new org.apache.http.client.methods.HttpGet(uri);
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (CloseableHttpClient client = HttpClients.createDefault();
          CloseableHttpResponse response = client.execute(get)) {
        return response.getStatusLine().getStatusCode();
      }
    }
  },
  APACHE4_ASYNC {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      var get = new org.apache.http.client.methods.HttpGet(uri);
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (var client = org.apache.http.impl.nio.client.HttpAsyncClients.createDefault()) {
        client.start();
        return client.execute(get, null).get().getStatusLine().getStatusCode();
      }
    }
  },
  APACHE5 {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      HttpGet get = new HttpGet(uri);
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (var client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault()) {
        return client.execute(get, response -> response.getCode());
      }
    }
  },
  APACHE5_ASYNC {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      SimpleHttpRequest get = new SimpleHttpRequest("GET", uri);
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
        client.start();
        return client.execute(get, null).get().getCode();
      }
    }
  },
  OKHTTP {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      okhttp3.OkHttpClient client =
          new okhttp3.OkHttpClient.Builder()
              // As applications do it: the field comes by an interceptor.
              .addInterceptor(
                  chain -> {
                    okhttp3.Request.Builder request = chain.request().newBuilder();
                    fields.forEach(field -> request.addHeader(field[0], field[1]));
                    return chain.proceed(request.build());
                  })
              .build();
      okhttp3.Request get = new okhttp3.Request.Builder().url(uri.toString()).build();
      try (okhttp3.Response response = client.newCall(get).execute()) {
        return response.code();
      }
    }
  },
  REACTOR_NETTY {
    @Override
    int send(URI uri, List<String[]> fields) {
      return reactor.netty.http.client.HttpClient.newConnection()
          .headers(headers -> fields.forEach(field -> headers.add(field[0], field[1])))
          .get()
          .uri(uri.toString())
          .responseSingle(
              (response, body) ->
                  body.asString().defaultIfEmpty("").map(text -> response.status().code()))
          .block();
    }
  },
  REACTOR_NETTY_POST {
    @Override
    int send(URI uri, List<String[]> fields) {
      return reactor.netty.http.client.HttpClient.newConnection()
          .headers(headers -> fields.forEach(field -> headers.add(field[0], field[1])))
          .post()
          .uri(uri.toString())
          .send(reactor.netty.ByteBufFlux.fromString(reactor.core.publisher.Flux.just("a", "b")))
          .responseSingle(
              (response, body) ->
                  body.asString().defaultIfEmpty("").map(text -> response.status().code()))
          .block();
    }
  },
  // From the first octet on, which needs no TLS.
  APACHE5_HTTP2 {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      SimpleHttpRequest get = new SimpleHttpRequest("GET", uri);
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Default()) {
        client.start();
        return client.execute(get, null).get().getCode();
      }
    }
  },
  OKHTTP_HTTP2 {
    @Override
    int send(URI uri, List<String[]> fields) throws Exception {
      okhttp3.OkHttpClient client =
          new okhttp3.OkHttpClient.Builder()
              .protocols(List.of(okhttp3.Protocol.H2_PRIOR_KNOWLEDGE))
              .build();
      okhttp3.Request.Builder get = new okhttp3.Request.Builder().url(uri.toString());
      fields.forEach(field -> get.addHeader(field[0], field[1]));
      try (okhttp3.Response response = client.newCall(get.build()).execute()) {
        return response.code();
      }
    }
  },
  REACTOR_NETTY_HTTP2 {
    @Override
    int send(URI uri, List<String[]> fields) {
      return reactor.netty.http.client.HttpClient.newConnection()
          .protocol(reactor.netty.http.HttpProtocol.H2C)
          .headers(headers -> fields.forEach(field -> headers.add(field[0], field[1])))
          .get()
          .uri(uri.toString())
          .responseSingle(
              (response, body) ->
                  body.asString().defaultIfEmpty("").map(text -> response.status().code()))
          .block();
    }
  };

  /**
   * Sends.
   *
   * @param uri where to
   * @param fields names and values
   * @return the status
   */
  abstract int send(URI uri, List<String[]> fields) throws Exception;

  private static HttpRequest request(URI uri, List<String[]> fields) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    fields.forEach(field -> request.header(field[0], field[1]));
    return request.build();
  }
}
