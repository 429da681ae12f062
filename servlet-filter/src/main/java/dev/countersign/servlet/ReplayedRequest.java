package dev.countersign.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;

/** A request whose body was read for a decision and is read again by the application. */
final class ReplayedRequest extends HttpServletRequestWrapper {

  private final ReplayedBody body;

  ReplayedRequest(HttpServletRequest request, ReplayedBody body) {
    super(request);
    this.body = body;
  }

  @Override
  public ServletInputStream getInputStream() {
    return body.stream();
  }

  @Override
  public BufferedReader getReader() {
    return body.reader();
  }

  @Override
  public String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public int getContentLength() {
    return body.length() < 0 ? super.getContentLength() : body.length();
  }

  @Override
  public long getContentLengthLong() {
    return body.length() < 0 ? super.getContentLengthLong() : body.length();
  }
}
