package io.realmstream.deploy.door.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A request as its bytes are, well made or not, at once or in parts. */
public final class RawRequest implements AutoCloseable {
  private final Socket socket;

  private RawRequest(Socket socket) {
    this.socket = socket;
  }

  /** Sends all at once and returns everything until the server closes the connection. */
  static String send(int port, String text) throws IOException {
    try (RawRequest request = begin(port, text)) {
      return request.end("");
    }
  }

  /** Sends a part. */
  public static RawRequest begin(int port, String text) throws IOException {
    RawRequest request = new RawRequest(new Socket(InetAddress.getLoopbackAddress(), port));
    request.socket.setSoTimeout(60_000);
    request.write(text);
    return request;
  }

  /** Sends the rest and returns everything until the server closes the connection. */
  public String end(String text) throws IOException {
    write(text);
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
