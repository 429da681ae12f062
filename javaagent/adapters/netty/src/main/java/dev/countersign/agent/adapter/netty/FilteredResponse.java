package dev.countersign.agent.adapter.netty;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one response whose body goes through a filter, between a server and its codec, in
 * the objects of HTTP/1.1. It is taken out of the pipeline behind the response. Used by one event
 * loop.
 */
public final class FilteredResponse extends ChannelOutboundHandlerAdapter {

  private static final byte[] NOTHING = {};

  // A field that never leaves.
  private static final String MARK = "Countersign-Filter";

  private final FilteredBody body;
  private final Predicate<HttpResponse> own;
  private @Nullable HttpResponse response;
  private boolean begun;

  private FilteredResponse(BodyFilter filter, Predicate<HttpResponse> own) {
    this.body = new FilteredBody(filter);
    this.own = own;
  }

  /**
   * Puts a filter into the way of a response that has not begun.
   *
   * @param pipeline of its channel
   * @param server the name of the handler that writes it
   * @param filter what its body goes through
   * @param own whether a response is this one, and not one before it on the same connection
   */
  public static void into(
      ChannelPipeline pipeline, String server, BodyFilter filter, Predicate<HttpResponse> own) {
    pipeline.addBefore(server, null, new FilteredResponse(filter, own));
  }

  /**
   * The same for a response that the server makes an object of later.
   *
   * @param pipeline of its channel
   * @param server the name of the handler that writes it
   * @param filter what its body goes through
   * @param fields of its head, which the application can change no more
   */
  public static void into(
      ChannelPipeline pipeline, String server, BodyFilter filter, HttpHeaders fields) {
    String mark = UUID.randomUUID().toString();
    fields.set(MARK, mark);
    into(pipeline, server, filter, head -> isMarked(head, mark));
  }

  private static boolean isMarked(HttpResponse head, String mark) {
    boolean marked = mark.equals(head.headers().get(MARK));
    if (marked) {
      head.headers().remove(MARK);
    }
    return marked;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    HttpResponse known = response;
    if (known == null && message instanceof HttpResponse head && isFinal(head) && own.test(head)) {
      known = head;
      response = head;
    }
    if (known == null) {
      context.write(message, promise);
      return;
    }
    boolean last = message instanceof LastHttpContent;
    if (body.way(NettyHead.of(known)) == Way.AS_IS) {
      context.write(message, promise);
    } else {
      pass(known, new Step(context, promise, last), taken(message));
    }
    if (last) {
      context.pipeline().remove(this);
    }
  }

  private record Step(ChannelHandlerContext context, ChannelPromise promise, boolean last) {}

  private void pass(HttpResponse head, Step step, Optional<byte[]> octets) {
    if (octets.isEmpty()) {
      step.promise().tryFailure(new IOException("the body of this response cannot be filtered"));
      step.context().close();
      return;
    }
    body.pass(NettyHead.of(head), octets.get(), step.last())
        .ifPresentOrElse(
            leaving -> leave(head, step, Unpooled.wrappedBuffer(leaving)),
            step.promise()::trySuccess);
  }

  // 101 is the last head that there is on a connection.
  private static boolean isFinal(HttpResponse head) {
    return head.status().codeClass() != HttpStatusClass.INFORMATIONAL
        || head.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }

  // A file for instance is nothing that can be looked into.
  private static Optional<byte[]> taken(Object message) {
    try {
      if (message instanceof ByteBufHolder holder) {
        return Optional.of(ByteBufUtil.getBytes(holder.content()));
      }
      if (message instanceof ByteBuf octets) {
        return Optional.of(ByteBufUtil.getBytes(octets));
      }
      return message instanceof HttpResponse ? Optional.of(NOTHING) : Optional.empty();
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void leave(HttpResponse head, Step step, ByteBuf content) {
    ChannelHandlerContext context = step.context();
    if (step.last()) {
      context.write(
          begun ? new DefaultLastHttpContent(content) : whole(head, content), step.promise());
      return;
    }
    if (!begun) {
      begun = true;
      HttpUtil.setTransferEncodingChunked(head, true);
      context.write(new DefaultHttpResponse(head.protocolVersion(), head.status(), head.headers()));
    }
    context.write(new DefaultHttpContent(content), step.promise());
  }

  private HttpResponse whole(HttpResponse head, ByteBuf content) {
    if (content.isReadable() || body.way(NettyHead.of(head)) == Way.EVENTS) {
      HttpUtil.setTransferEncodingChunked(head, false);
      HttpUtil.setContentLength(head, content.readableBytes());
    }
    return new DefaultFullHttpResponse(
        head.protocolVersion(), head.status(), content, head.headers(), EmptyHttpHeaders.INSTANCE);
  }
}
