import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;

/**
 * A server that the agent knows, and one of bare Netty that speaks nothing but HTTP/2, as those of
 * gRPC do. Ends with standard input.
 */
public final class Http2Beside {

  public static void main(String[] arguments) throws Exception {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end())
        .listen(0, "localhost")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    new ServerBootstrap()
        .group(new NioEventLoopGroup(1))
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connection) {
                connection.pipeline().addLast(Http2FrameCodecBuilder.forServer().build());
                connection.pipeline().addLast(new Answer());
              }
            })
        .bind("localhost", 0)
        .sync();
    while (System.in.read() >= 0) {
      // Until the test ends.
    }
    System.exit(0);
  }

  private static final class Answer extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame request) {
        context.writeAndFlush(
            new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("401"), true)
                .stream(request.stream()));
      }
      ReferenceCountUtil.release(message);
    }
  }
}
