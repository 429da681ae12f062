import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/** Reads its body without blocking, and answers with its length and checksum. */
public final class ListeningServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync();
    ServletInputStream in = request.getInputStream();
    in.setReadListener(new Reader(async, in));
  }

  private static final class Reader implements ReadListener {

    private final AsyncContext async;
    private final ServletInputStream in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Reader(AsyncContext async, ServletInputStream in) {
      this.async = async;
      this.in = in;
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] buffer = new byte[1000];
      while (in.isReady()) {
        int length = in.read(buffer);
        if (length < 0) {
          return;
        }
        body.write(buffer, 0, length);
      }
    }

    @Override
    public void onAllDataRead() throws IOException {
      CRC32 checksum = new CRC32();
      checksum.update(body.toByteArray());
      async.getResponse().getWriter().print(body.size() + " " + checksum.getValue());
      async.complete();
    }

    @Override
    public void onError(Throwable failure) {
      async.complete();
    }
  }
}
