import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A content coding for responses, as Helidon has one in another library. */
final class GzipEncoding implements ContentEncoding {

  @Override
  public Set<String> ids() {
    return Set.of("gzip");
  }

  @Override
  public boolean supportsEncoding() {
    return true;
  }

  @Override
  public boolean supportsDecoding() {
    return false;
  }

  @Override
  public ContentDecoder decoder() {
    return ContentDecoder.NO_OP;
  }

  @Override
  public ContentEncoder encoder() {
    return new ContentEncoder() {
      @Override
      public OutputStream apply(OutputStream plain) {
        try {
          return new GZIPOutputStream(plain);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void headers(WritableHeaders<?> headers) {
        headers.add(HeaderValues.create("Content-Encoding", "gzip"));
        headers.remove(HeaderNames.CONTENT_LENGTH);
      }
    };
  }

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public String type() {
    return "gzip";
  }
}
