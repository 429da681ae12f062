package dev.countersign.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a container gives to a filter, as far as the filter asks. */
final class FakeRequest implements InvocationHandler {

  final Map<String, Object> attributes = new HashMap<>();
  final List<Map.Entry<String, String>> headers = new ArrayList<>();
  final List<Runnable> started = new ArrayList<>();
  DispatcherType dispatch = DispatcherType.REQUEST;
  String method = "POST";
  String uri = "/mcp";
  String query;
  List<Object> startedWith = List.of();
  int localPort;
  String localAddress = "127.0.0.1";
  String contextPath = "";
  boolean broken;
  boolean async;
  boolean asyncEnded;
  final List<AsyncListener> listeners = new ArrayList<>();
  private Stream stream = new Stream(new byte[0]);

  /** A container's stream. */
  static final class Stream extends ServletInputStream {

    private final ByteArrayInputStream content;
    private boolean ended;

    Stream(byte[] content) {
      this.content = new ByteArrayInputStream(content);
    }

    @Override
    public int read() {
      int next = content.read();
      ended |= next < 0;
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = content.read(target, offset, length);
      ended |= count < 0;
      return count;
    }

    @Override
    public int available() {
      return content.available();
    }

    @Override
    public boolean isFinished() {
      return ended;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body has been read already");
    }
  }

  static FakeRequest of(String method, String uri) {
    FakeRequest request = new FakeRequest();
    request.method = method;
    request.uri = uri;
    return request;
  }

  FakeRequest header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  FakeRequest body(String text) {
    stream = new Stream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  FakeRequest dispatched(DispatcherType type, String target) {
    dispatch = type;
    uri = target;
    return this;
  }

  HttpServletRequest proxy() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, this);
  }

  private AsyncContext asyncContext() {
    if (asyncEnded) {
      throw new IllegalStateException("ended");
    }
    return (AsyncContext)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("complete")) {
                asyncEnded = true;
              } else if (arguments != null && arguments[0] instanceof AsyncListener listener) {
                listeners.add(listener);
              } else if (arguments != null) {
                started.add((Runnable) arguments[0]);
              }
              return null;
            });
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] arguments) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return switch (called.getName()) {
      case "getMethod" -> method;
      case "getRequestURI" -> uri;
      case "getQueryString" -> query;
      case "getDispatcherType" -> dispatch;
      case "getInputStream" -> stream;
      case "getLocalPort" -> localPort;
      case "getLocalAddr" -> localAddress;
      case "getContextPath" -> contextPath;
      case "getRemoteAddr" -> "127.0.0.1";
      case "getContentLength" -> -1;
      case "getContentLengthLong" -> -1L;
      case "getCharacterEncoding" -> "ISO-8859-1";
      case "isAsyncStarted" -> async;
      case "getAsyncContext" -> asyncContext();
      case "getUserPrincipal", "getRemoteUser", "getAuthType" -> null;
      case "isUserInRole" -> false;
      case "getAttribute" -> attributes.get((String) arguments[0]);
      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
      case "getHeader" -> values((String) arguments[0]).stream().findFirst().orElse(null);
      case "getHeaderNames" ->
          Collections.enumeration(headers.stream().map(Map.Entry::getKey).distinct().toList());
      case "getIntHeader", "getDateHeader" -> number(called, (String) arguments[0]);
      case "startAsync" -> {
        startedWith = arguments == null ? List.of() : List.of(arguments);
        yield asyncContext();
      }
      case "getHeaders" -> Collections.enumeration(values((String) arguments[0]));
      case "toString" -> method + " " + uri;
      case "hashCode" -> System.identityHashCode(this);
      case "equals" -> proxy == arguments[0];
      default -> throw new UnsupportedOperationException(called.getName());
    };
  }

  private Object number(Method called, String name) {
    long value = values(name).stream().mapToLong(Long::parseLong).findFirst().orElse(-1);
    return called.getName().equals("getIntHeader") ? (Object) (int) value : (Object) value;
  }

  private List<String> values(String name) {
    return headers.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  Optional<Object> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
