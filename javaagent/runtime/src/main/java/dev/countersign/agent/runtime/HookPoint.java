package dev.countersign.agent.runtime;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Every place at which a server is held: one method of one class of the server, known by exact
 * name, and the adapter that takes its calls. And every place at which an HTTP client sends its
 * requests, which are woven only if somebody wants to look at those.
 */
enum HookPoint {
  /** The core of Jetty 12, so one for all servlet environments, and for HTTP/1.1 and HTTP/2. */
  JETTY12(
      ServerLine.JETTY12,
      "org.eclipse.jetty.server.Server",
      "handle(Lorg/eclipse/jetty/server/Request;Lorg/eclipse/jetty/server/Response;"
          + "Lorg/eclipse/jetty/util/Callback;)Z",
      Weaving.GUARD,
      "jetty12.Jetty12Guard"),
  /** Where the environment ee8 of Jetty 12 takes over a request, to be told the user. */
  JETTY12_EE8(
      ServerLine.JETTY12,
      "org.eclipse.jetty.ee8.nested.HttpChannel",
      "onRequest(Lorg/eclipse/jetty/ee8/nested/ContextHandler$CoreContextRequest;)V",
      Weaving.AFTER,
      "jetty12.NestedUser"),
  /** Where the environment ee9 of Jetty 12 takes over a request, to be told the user. */
  JETTY12_EE9(
      ServerLine.JETTY12,
      "org.eclipse.jetty.ee9.nested.HttpChannel",
      "onRequest(Lorg/eclipse/jetty/ee9/nested/ContextHandler$CoreContextRequest;)V",
      Weaving.AFTER,
      "jetty12.NestedUser"),
  /** Before the handlers, so one for javax and jakarta, and for HTTP/1.1 and HTTP/2. */
  JETTY9(
      ServerLine.JETTY9,
      "org.eclipse.jetty.server.Server",
      "handle(Lorg/eclipse/jetty/server/HttpChannel;)V",
      Weaving.GUARD,
      "jetty9.Jetty9Guard"),
  /** Where the head of a response leaves. */
  JETTY9_RESPONSE(
      ServerLine.JETTY9,
      "org.eclipse.jetty.server.HttpChannel",
      "sendResponse(Lorg/eclipse/jetty/http/MetaData$Response;Ljava/nio/ByteBuffer;"
          + "ZLorg/eclipse/jetty/util/Callback;)Z",
      Weaving.GUARD,
      "jetty9.Jetty9Response"),
  /** Where an exchange is over. */
  JETTY9_COMPLETION(
      ServerLine.JETTY9,
      "org.eclipse.jetty.server.HttpChannel",
      "onCompleted()V",
      Weaving.BEFORE,
      "jetty9.Jetty9Completion"),
  /** Below the servlet API, so one for javax and jakarta, and for HTTP/1.1 and HTTP/2. */
  TOMCAT(
      ServerLine.TOMCAT,
      "org.apache.catalina.connector.CoyoteAdapter",
      "service(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;)V",
      Weaving.GUARD,
      "tomcat.TomcatGuard"),
  /** The head of every response of HTTP/1.1, when nothing can change it any more. */
  TOMCAT_RESPONSE(
      ServerLine.TOMCAT,
      "org.apache.coyote.http11.Http11Processor",
      "prepareResponse()V",
      Weaving.GUARD,
      "tomcat.TomcatResponses"),
  /** The same for HTTP/2. */
  TOMCAT_STREAM_RESPONSE(
      ServerLine.TOMCAT,
      "org.apache.coyote.http2.StreamProcessor",
      "prepareResponse()V",
      Weaving.GUARD,
      "tomcat.TomcatResponses"),
  /** The same for AJP. */
  TOMCAT_AJP_RESPONSE(
      ServerLine.TOMCAT,
      "org.apache.coyote.ajp.AjpProcessor",
      "prepareResponse()V",
      Weaving.GUARD,
      "tomcat.TomcatResponses"),
  /** Where an exchange is over. */
  TOMCAT_COMPLETION(
      ServerLine.TOMCAT,
      "org.apache.catalina.connector.Request",
      "recycle()V",
      Weaving.BEFORE,
      "tomcat.TomcatCompletion"),
  /** Where the user of a request is set, to be given roles. */
  TOMCAT_USER(
      ServerLine.TOMCAT,
      "org.apache.catalina.connector.Request",
      "setUserPrincipal(Ljava/security/Principal;)V",
      Weaving.ARGUMENTS,
      "tomcat.TomcatUser"),
  /** Where the filters of a context are called, the application's own and the authenticator. */
  JDK_HTTP_SERVER(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.ServerImpl$Exchange",
      "run()V",
      "com/sun/net/httpserver/Filter$Chain.doFilter(Lcom/sun/net/httpserver/HttpExchange;)V",
      "jdk.HttpServerGuard"),
  /** Where a handler is called, behind the authenticator of its context. */
  JDK_LOGIN(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.AuthFilter",
      "doFilter(Lcom/sun/net/httpserver/HttpExchange;Lcom/sun/net/httpserver/Filter$Chain;)V",
      "com/sun/net/httpserver/Filter$Chain.doFilter(Lcom/sun/net/httpserver/HttpExchange;)V",
      "jdk.HttpServerLogin"),
  /** Where a server begins, and gets a context for what the application has none for. */
  JDK_START(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpServerImpl",
      "start()V",
      Weaving.GUARD,
      "jdk.HttpServerContexts"),
  /** Where the application brings such a context itself. */
  JDK_CONTEXT(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpServerImpl",
      "createContext(Ljava/lang/String;)Lsun/net/httpserver/HttpContextImpl;",
      Weaving.ARGUMENTS,
      "jdk.HttpServerContexts"),
  /** The same with a handler. */
  JDK_CONTEXT_HANDLER(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpServerImpl",
      "createContext(Ljava/lang/String;Lcom/sun/net/httpserver/HttpHandler;)"
          + "Lsun/net/httpserver/HttpContextImpl;",
      Weaving.ARGUMENTS,
      "jdk.HttpServerContexts"),
  /** The same over TLS. */
  JDK_SECURE_START(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsServerImpl",
      "start()V",
      Weaving.GUARD,
      "jdk.HttpServerContexts"),
  /** Where the application brings such a context itself. */
  JDK_SECURE_CONTEXT(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsServerImpl",
      "createContext(Ljava/lang/String;)Lsun/net/httpserver/HttpContextImpl;",
      Weaving.ARGUMENTS,
      "jdk.HttpServerContexts"),
  /** The same with a handler. */
  JDK_SECURE_CONTEXT_HANDLER(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsServerImpl",
      "createContext(Ljava/lang/String;Lcom/sun/net/httpserver/HttpHandler;)"
          + "Lsun/net/httpserver/HttpContextImpl;",
      Weaving.ARGUMENTS,
      "jdk.HttpServerContexts"),
  /** The head of every response. */
  JDK_RESPONSE(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpExchangeImpl",
      "sendResponseHeaders(IJ)V",
      Weaving.GUARD,
      "jdk.HttpServerResponses"),
  /** The same over TLS. */
  JDK_SECURE_RESPONSE(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsExchangeImpl",
      "sendResponseHeaders(IJ)V",
      Weaving.GUARD,
      "jdk.HttpServerResponses"),
  /** Where an application wraps the body of a response. */
  JDK_STREAMS(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpExchangeImpl",
      "setStreams(Ljava/io/InputStream;Ljava/io/OutputStream;)V",
      Weaving.ARGUMENTS,
      "jdk.HttpServerStreams"),
  /** The same over TLS. */
  JDK_SECURE_STREAMS(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsExchangeImpl",
      "setStreams(Ljava/io/InputStream;Ljava/io/OutputStream;)V",
      Weaving.ARGUMENTS,
      "jdk.HttpServerStreams"),
  /** The end of every exchange. */
  JDK_END(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpExchangeImpl",
      "close()V",
      Weaving.AFTER,
      "jdk.HttpServerEnd"),
  /** The same over TLS. */
  JDK_SECURE_END(
      ServerLine.JDK_HTTP_SERVER,
      "sun.net.httpserver.HttpsExchangeImpl",
      "close()V",
      Weaving.AFTER,
      "jdk.HttpServerEnd"),
  /**
   * Below the servlet API, for HTTP/1.1 and HTTP/2; a request comes here again after a dispatch.
   */
  UNDERTOW(
      ServerLine.UNDERTOW,
      "io.undertow.server.Connectors",
      "executeRootHandler(Lio/undertow/server/HttpHandler;Lio/undertow/server/HttpServerExchange;)V",
      Weaving.ARGUMENTS,
      "undertow.UndertowGuard"),
  /** Where a web application puts a security context of its own in the place of the agent's. */
  UNDERTOW_SECURITY(
      ServerLine.UNDERTOW,
      "io.undertow.server.HttpServerExchange",
      "setSecurityContext(Lio/undertow/security/api/SecurityContext;)V",
      Weaving.AFTER,
      "undertow.UndertowUser"),
  /** Where a request becomes the first one of a connection of HTTP/2. */
  UNDERTOW_UPGRADE(
      ServerLine.UNDERTOW,
      "io.undertow.server.HttpServerExchange",
      "upgradeChannel(Lio/undertow/server/HttpUpgradeListener;)"
          + "Lio/undertow/server/HttpServerExchange;",
      Weaving.BEFORE,
      "undertow.UndertowUpgrade"),
  /** The handler of a server, routes among them; for HTTP/1.1, HTTP/2 and WebSocket. */
  REACTOR_NETTY(
      ServerLine.REACTOR_NETTY,
      "reactor.netty.http.server.HttpServer",
      "handle(Ljava/util/function/BiFunction;)Lreactor/netty/http/server/HttpServer;",
      Weaving.ARGUMENTS,
      "reactor.ReactorGuard"),
  /** Gives a body that was read for a decision to the handler. */
  REACTOR_NETTY_BODY(
      ServerLine.REACTOR_NETTY,
      "reactor.netty.http.server.HttpServerOperations",
      "receiveObject()Lreactor/core/publisher/Flux;",
      Weaving.RESULT,
      "reactor.ReactorReplay"),
  /** Where the head of a response can be changed for the last time. */
  REACTOR_NETTY_REPAIR(
      ServerLine.REACTOR_NETTY,
      "reactor.netty.http.server.HttpServerOperations",
      "beforeMarkSentHeaders()V",
      Weaving.AFTER,
      "reactor.ReactorRepair"),
  /** So that what is below is known before the port is open. */
  VERTX_LISTEN(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.HttpServerImpl",
      "listen(Lio/vertx/core/net/SocketAddress;)Lio/vertx/core/Future;",
      Weaving.ARGUMENTS,
      "vertx.ConnectionLoading"),
  /** Where each connection gets its handler, which takes upgrades to WebSocket as well. */
  VERTX_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http1xServerConnection",
      "handler(Lio/vertx/core/Handler;)Lio/vertx/core/http/impl/HttpServerConnection;",
      Weaving.ARGUMENTS,
      "vertx.VertxGuard"),
  /** The same for HTTP/2, in 4 and 5.0. */
  VERTX_HTTP2(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http2ServerConnection",
      "handler(Lio/vertx/core/Handler;)Lio/vertx/core/http/impl/HttpServerConnection;",
      Weaving.ARGUMENTS,
      "vertx.VertxGuard"),
  /** From 5.1 on. */
  VERTX5_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.http1.Http1ServerConnection",
      "handler(Lio/vertx/core/Handler;)Lio/vertx/core/http/impl/HttpServerConnection;",
      Weaving.ARGUMENTS,
      "vertx.VertxGuard"),
  /** From 5.1 on, where the connections of HTTP/2 take no handler any more. */
  VERTX5_TCP(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.tcp.TcpHttpServer",
      "requestHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServer;",
      Weaving.ARGUMENTS,
      "vertx5.MultiplexGuard"),
  /** HTTP/3, from 5.1 on. */
  VERTX5_QUIC(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.quic.QuicHttpServer",
      "requestHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServer;",
      Weaving.ARGUMENTS,
      "vertx5.MultiplexGuard"),
  /** Of the server itself, when nothing of a connection is loaded yet. */
  MICRONAUT(ServerLine.MICRONAUT, "io.micronaut.http.server.netty.NettyHttpServer"),
  /** What a connection of HTTP/1.1 gives its requests to, also those for a WebSocket. */
  MICRONAUT_HTTP1(
      ServerLine.MICRONAUT,
      "io.micronaut.http.server.netty.handler.PipeliningServerHandler",
      "<init>(Lio/micronaut/http/server/netty/handler/RequestHandler;*",
      Weaving.ARGUMENTS,
      "micronaut.MicronautGuard"),
  /** The same for HTTP/2. */
  MICRONAUT_HTTP2(
      ServerLine.MICRONAUT,
      "io.micronaut.http.server.netty.handler.MultiplexedServerHandler",
      "<init>(Lio/micronaut/http/server/netty/handler/RequestHandler;*",
      Weaving.ARGUMENTS,
      "micronaut.MicronautGuard"),
  /** The request as the application sees it. */
  MICRONAUT_USER(
      ServerLine.MICRONAUT,
      "io.micronaut.http.server.netty.NettyHttpRequest",
      "<init>(Lio/netty/handler/codec/http/HttpRequest;*",
      Weaving.AFTER,
      "micronaut.MicronautUser"),
  /** Where the head of a response leaves. */
  VERTX_HEAD_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http1xServerResponse",
      "headersEndHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** The same for HTTP/2, in 4 and 5.0. */
  VERTX_HEAD_HTTP2(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http2ServerResponse",
      "headersEndHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** The same from 5.1 on. */
  VERTX5_HEAD_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.http1.Http1ServerResponse",
      "headersEndHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** HTTP/2 and HTTP/3, from 5.1 on. */
  VERTX5_HEAD(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.HttpServerResponseImpl",
      "headersEndHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** Where a response is over. */
  VERTX_END_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http1xServerResponse",
      "endHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** The same for HTTP/2, in 4 and 5.0. */
  VERTX_END_HTTP2(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.Http2ServerResponse",
      "endHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** The same from 5.1 on. */
  VERTX5_END_HTTP1(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.http1.Http1ServerResponse",
      "endHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** HTTP/2 and HTTP/3, from 5.1 on. */
  VERTX5_END(
      ServerLine.VERTX,
      "io.vertx.core.http.impl.HttpServerResponseImpl",
      "endHandler(Lio/vertx/core/Handler;)Lio/vertx/core/http/HttpServerResponse;",
      Weaving.ARGUMENTS,
      "vertx.HandlerGuard"),
  /** The pipeline that every request passes, on whatever engine and in whatever protocol. */
  KTOR(
      ServerLine.KTOR,
      "io.ktor.server.engine.EnginePipeline",
      "<init>(Z)V",
      Weaving.AFTER,
      "ktor.KtorGuard"),
  /** Where the fields of a response are complete. */
  KTOR_RESPONSE(
      ServerLine.KTOR,
      "io.ktor.server.engine.BaseApplicationResponse",
      "commitHeaders(Lio/ktor/http/content/OutgoingContent;)V",
      Weaving.AFTER,
      "ktor.KtorRepair"),
  /** Before the filters of a routing, for HTTP/1.1 and HTTP/2. */
  HELIDON(
      ServerLine.HELIDON,
      "io.helidon.webserver.http.Filters",
      "filter(Lio/helidon/webserver/ConnectionContext;"
          + "Lio/helidon/webserver/http/RoutingRequest;"
          + "Lio/helidon/webserver/http/RoutingResponse;Ljava/util/concurrent/Callable;)V",
      Weaving.GUARD,
      "helidon.HelidonGuard"),
  /** Where a response gets a sink, whose events pass by its output. */
  HELIDON_SINK(
      ServerLine.HELIDON,
      "io.helidon.webserver.http1.Http1ServerResponse",
      "sink(Lio/helidon/common/GenericType;)Lio/helidon/webserver/http/spi/Sink;",
      Weaving.BEFORE,
      "helidon.FilteredSinks"),
  /** Before an upgrade to WebSocket, which reaches no routing of HTTP before 4.5. */
  HELIDON_WEBSOCKET(
      ServerLine.HELIDON,
      "io.helidon.webserver.websocket.WsUpgrader",
      "upgrade(Lio/helidon/webserver/ConnectionContext;Lio/helidon/http/HttpPrologue;"
          + "Lio/helidon/http/WritableHeaders;)Lio/helidon/webserver/spi/ServerConnection;",
      Weaving.ARGUMENTS,
      "helidon.UpgradeGuard"),
  /** Requests that an application is found for, also those of HTTP/2. */
  LIBERTY(
      ServerLine.LIBERTY,
      "com.ibm.ws.http.dispatcher.internal.channel.HttpDispatcherLink",
      "wrapHandlerAndExecute(Ljava/lang/Runnable;)V",
      Weaving.ARGUMENTS,
      "liberty.LibertyGuard"),
  /** Requests that none is found for. */
  LIBERTY_NONE(
      ServerLine.LIBERTY,
      "com.ibm.ws.http.dispatcher.internal.channel.HttpDispatcherLink",
      "send404Message(Ljava/lang/String;)V",
      Weaving.GUARD,
      "liberty.LandingGuard"),
  /** Its own pages, while no application has the root. */
  LIBERTY_LANDING(
      ServerLine.LIBERTY,
      "com.ibm.ws.http.dispatcher.internal.channel.HttpDispatcherLink",
      "displayLandingPage(Ljava/io/InputStream;)V",
      Weaving.GUARD,
      "liberty.LandingGuard"),
  /** Where the head of a response leaves. */
  LIBERTY_HEAD(
      ServerLine.LIBERTY,
      "com.ibm.ws.http.channel.internal.HttpServiceContextImpl",
      "formatHeaders(Lcom/ibm/ws/http/channel/internal/HttpBaseMessageImpl;Z)V",
      Weaving.GUARD,
      "liberty.LibertyResponses"),
  /** Where an exchange is over. */
  LIBERTY_COMPLETION(
      ServerLine.LIBERTY,
      "com.ibm.ws.http.dispatcher.internal.channel.HttpDispatcherLink",
      "finish(Ljava/lang/Exception;)V",
      Weaving.BEFORE,
      "liberty.LibertyCompletion"),
  /** The user as a servlet asks for it, of javax and of jakarta. */
  LIBERTY_USER(
      ServerLine.LIBERTY,
      "com.ibm.ws.webcontainer.srt.SRTServletRequest",
      "getUserPrincipal()Ljava/security/Principal;",
      Weaving.RESULT,
      "liberty.LibertyUser"),
  /** Its name. */
  LIBERTY_USER_NAME(
      ServerLine.LIBERTY,
      "com.ibm.ws.webcontainer.srt.SRTServletRequest",
      "getRemoteUser()Ljava/lang/String;",
      Weaving.RESULT,
      "liberty.LibertyUserName"),
  /** How it has logged in. */
  LIBERTY_AUTH_TYPE(
      ServerLine.LIBERTY,
      "com.ibm.ws.webcontainer.srt.SRTServletRequest",
      "getAuthType()Ljava/lang/String;",
      Weaving.RESULT,
      "liberty.LibertyAuthType"),
  /** The attribute with the claims. */
  LIBERTY_CLAIMS(
      ServerLine.LIBERTY,
      "com.ibm.ws.webcontainer.srt.SRTServletRequest",
      "getAttribute(Ljava/lang/String;)Ljava/lang/Object;",
      Weaving.RESULT,
      "liberty.LibertyClaims"),

  /** What Spring WebFlux makes of every request, on any server, to be given the claims. */
  WEBFLUX_EXCHANGE(
      ServerLine.REACTOR_NETTY,
      "org.springframework.web.server.adapter.DefaultServerWebExchange",
      "<init>(Lorg/springframework/http/server/reactive/ServerHttpRequest;*",
      Weaving.AFTER,
      "webflux.WebFluxExchange"),
  /** The user, as an application of Spring WebFlux asks for it. */
  WEBFLUX_USER(
      ServerLine.REACTOR_NETTY,
      "org.springframework.web.server.adapter.DefaultServerWebExchange",
      "getPrincipal()Lreactor/core/publisher/Mono;",
      Weaving.RETURNED,
      "webflux.WebFluxUser"),
  /** The user, as an application of vertx-web 4 asks for it. */
  VERTX_WEB_USER(
      ServerLine.VERTX,
      "io.vertx.ext.web.impl.RoutingContextImpl",
      "user()Lio/vertx/ext/auth/User;",
      Weaving.RETURNED,
      "vertxweb.RoutingUser"),
  /** In vertx-web 5 that class has another method. */
  VERTX5_WEB(
      Optional.empty(),
      "io.vertx.ext.web.impl.RoutingContextImpl",
      "userContext()Lio/vertx/ext/web/UserContext;",
      "",
      Weaving.SEEN,
      ""),
  /** The user, as an application of vertx-web 5 asks for it; 4 has no code there. */
  VERTX5_WEB_USER(
      ServerLine.VERTX,
      "io.vertx.ext.web.RoutingContext",
      "user()Lio/vertx/ext/auth/User;",
      Weaving.RETURNED,
      "vertxweb.RoutingUser"),
  /** The user, as an application with the Authentication plugin of Ktor may ask for it. */
  KTOR_USER(
      ServerLine.KTOR,
      "io.ktor.server.auth.AuthenticationContext",
      "principal(Ljava/lang/String;Lkotlin/reflect/KClass;)Ljava/lang/Object;",
      Weaving.RETURNED,
      "ktor.KtorUser"),

  /** Requests of java.net.http, of both kinds of calls. */
  JDK_HTTP_CLIENT(
      Weaving.RESULT,
      "jdk.internal.net.http.HttpClientImpl",
      "sendAsync(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;"
          + "Ljava/net/http/HttpResponse$PushPromiseHandler;Ljava/util/concurrent/Executor;)"
          + "Ljava/util/concurrent/CompletableFuture;",
      "client.JdkHttpClientCalls"),
  /** Requests of HttpURLConnection, also over TLS and through proxies. */
  JDK_URL_CONNECTION(
      "sun.net.www.http.HttpClient",
      "writeRequests(Lsun/net/www/MessageHeader;*",
      "dev.countersign.agent.runtime.UrlConnectionCalls"),
  /** Requests of Apache HttpClient 4. */
  APACHE4(
      Weaving.BEFORE,
      "org.apache.http.protocol.HttpRequestExecutor",
      "execute(Lorg/apache/http/HttpRequest;Lorg/apache/http/HttpClientConnection;"
          + "Lorg/apache/http/protocol/HttpContext;)Lorg/apache/http/HttpResponse;",
      "client.Apache4Calls"),
  /** The same of its asynchronous form. */
  APACHE4_ASYNC(
      Weaving.BEFORE,
      "org.apache.http.impl.nio.DefaultNHttpClientConnection",
      "submitRequest(Lorg/apache/http/HttpRequest;)V",
      "client.Apache4Calls"),
  /** Requests of Apache HttpClient 5. */
  APACHE5(
      Weaving.BEFORE,
      "org.apache.hc.core5.http.impl.io.HttpRequestExecutor",
      "execute(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/core5/http/io/HttpClientConnection;"
          + "Lorg/apache/hc/core5/http/io/HttpResponseInformationCallback;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
          + "Lorg/apache/hc/core5/http/ClassicHttpResponse;",
      "client.Apache5Calls"),
  /** The same of its asynchronous form. */
  APACHE5_ASYNC(
      Weaving.BEFORE,
      "org.apache.hc.core5.http.impl.nio.ClientHttp1StreamHandler",
      "commitRequest(Lorg/apache/hc/core5/http/HttpRequest;"
          + "Lorg/apache/hc/core5/http/EntityDetails;)V",
      "client.Apache5Calls"),
  /** The same over HTTP/2. */
  APACHE5_HTTP2(
      Weaving.BEFORE,
      "org.apache.hc.core5.http2.impl.nio.ClientH2StreamHandler",
      "commitRequest(Lorg/apache/hc/core5/http/HttpRequest;"
          + "Lorg/apache/hc/core5/http/EntityDetails;)V",
      "client.Apache5Calls"),
  /** Requests of OkHttp, behind all interceptors of the application. */
  OKHTTP(
      Weaving.BEFORE,
      "okhttp3.internal.http.CallServerInterceptor",
      "intercept(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;",
      "client.OkHttpCalls"),
  /** Requests of Reactor Netty. */
  REACTOR_NETTY_CLIENT(
      Weaving.AFTER,
      "reactor.netty.http.client.HttpClientOperations",
      "beforeMarkSentHeaders()V",
      "client.ReactorNettyCalls"),

  /** Ports of java.nio, whoever opens them. */
  NIO_BIND(
      "sun.nio.ch.ServerSocketChannelImpl",
      "bind(Ljava/net/SocketAddress;I)Ljava/nio/channels/ServerSocketChannel;"),
  /** Ports of java.nio with callbacks. */
  NIO2_BIND(
      "sun.nio.ch.AsynchronousServerSocketChannelImpl",
      "bind(Ljava/net/SocketAddress;I)Ljava/nio/channels/AsynchronousServerSocketChannel;"),
  /** Ports of java.net. */
  SOCKET_BIND("java.net.ServerSocket", "bind(Ljava/net/SocketAddress;I)V"),
  /** Ports of Netty's native transports. */
  NETTY_LISTEN("io.netty.channel.unix.Socket", "listen(I)V");

  // At the end of a method: whatever further arguments it has.
  private static final String ANY = "*";

  private static final String ADAPTERS = "dev.countersign.agent.adapter.";

  private static final Set<HookPoint> CLIENTS =
      EnumSet.range(JDK_HTTP_CLIENT, REACTOR_NETTY_CLIENT);

  private static final Set<HookPoint> FRAMEWORKS = EnumSet.range(WEBFLUX_EXCHANGE, KTOR_USER);

  private final Optional<ServerLine> line;
  private final String internalName;
  private final String method;
  private final String callee;
  private final Weaving weaving;
  private final String adapter;

  HookPoint(ServerLine line, String className, String method, Weaving weaving, String adapter) {
    this(Optional.of(line), className, method, "", weaving, ADAPTERS + adapter);
  }

  /** {@link Weaving#CALL}, with {@code class.method} and descriptor of what is called. */
  HookPoint(ServerLine line, String className, String method, String callee, String adapter) {
    this(Optional.of(line), className, method, callee, Weaving.CALL, ADAPTERS + adapter);
  }

  /** {@link Weaving#SEEN}. */
  HookPoint(ServerLine line, String className) {
    this(Optional.of(line), className, "", "", Weaving.SEEN, "");
  }

  /** A place that belongs to no line: what listens is told to {@link ListeningSockets}. */
  HookPoint(String className, String method) {
    this(Optional.empty(), className, method, "", Weaving.AFTER, ListeningSockets.class.getName());
  }

  /** A place where requests leave. */
  HookPoint(Weaving weaving, String className, String method, String adapter) {
    this(Optional.empty(), className, method, "", weaving, ADAPTERS + adapter);
  }

  /**
   * The same with an interceptor in the agent's own loader, by its whole name: most JVMs load none.
   */
  HookPoint(String className, String method, String interceptor) {
    this(Optional.empty(), className, method, "", Weaving.BEFORE, interceptor);
  }

  HookPoint(
      Optional<ServerLine> line,
      String className,
      String method,
      String callee,
      Weaving weaving,
      String adapter) {
    this.line = line;
    this.internalName = className.replace('.', '/');
    this.method = method;
    this.callee = callee;
    this.weaving = weaving;
    this.adapter = adapter;
  }

  /** Whether requests leave here, instead of coming in. */
  boolean isClient() {
    return CLIENTS.contains(this);
  }

  /**
   * Whether nothing is held here, and only the application told who calls, by what stands on a
   * server: an artifact with versions of its own.
   */
  boolean isFramework() {
    return FRAMEWORKS.contains(this);
  }

  /** Whether the class alone matters, and no method of it. */
  boolean isWholeClass() {
    return method.isEmpty();
  }

  /** The class, by its internal name. */
  String internalName() {
    return internalName;
  }

  /** The servers that are held here; empty for a place where any server opens its port. */
  Optional<ServerLine> line() {
    return line;
  }

  /** Whether a method is the one, by its name and descriptor. */
  boolean isIn(String candidate) {
    return method.endsWith(ANY)
        ? candidate.startsWith(method.substring(0, method.length() - ANY.length()))
        : candidate.equals(method);
  }

  /** Whether the method makes its object, which is not to be touched before it has begun. */
  boolean isConstructor() {
    return method.startsWith("<init>");
  }

  /** What is called in the method, for {@link Weaving#CALL}: class, name, descriptor. */
  String callee() {
    return callee;
  }

  /** Where calls are taken, in words for people. */
  String place() {
    return callee.isEmpty() ? method : "call of " + callee + " in " + method;
  }

  Weaving weaving() {
    return weaving;
  }

  /** The binary name of the class that takes the calls. */
  String adapter() {
    return adapter;
  }
}
