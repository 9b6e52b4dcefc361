package io.realmstream.deploy.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that reads the head of the event stream, and then nothing for as long as the door
 * allows.
 */
final class SlowReader implements AutoCloseable {
  private static final Pattern EVENT =
      Pattern.compile("id: (\\S+)\nevent: status\ndata: (\\{.*\\})\n\n");
  private static final Pattern DOCUMENT = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** What the door sends when there is nothing new; a chunk of its own. */
  private static final String COMMENT = ":\n\n";

  private final Socket socket;
  private String rest = "";

  private SlowReader(Socket socket) {
    this.socket = socket;
  }

  /** Returns when the request is sent. */
  static SlowReader connect(int port, String path, String last) throws IOException {
    Socket socket = new Socket();
    // before connecting, or the window stays large
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: %s\r\n\r\n"
                .formatted(path, last)
                .getBytes(UTF_8));
    return new SlowReader(socket);
  }

  /** Reads status line and headers byte by byte, so that no event is read with them. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Whether the stream has ended, instead of going on when it is read again. */
  boolean isCutOff() throws IOException {
    return !all().strip().endsWith(COMMENT.strip());
  }

  /** The id of the last whole event that came before it was cut off. */
  String lastId() throws IOException {
    String last = "";
    Matcher events = EVENT.matcher(all());
    while (events.find()) {
      last = events.group(1);
    }
    return last;
  }

  /** The documents of all whole events. */
  Set<String> ids() throws IOException {
    Set<String> ids = new HashSet<>();
    Matcher events = EVENT.matcher(all());
    while (events.find()) {
      Matcher document = DOCUMENT.matcher(events.group(2));
      if (document.find()) {
        ids.add(document.group(1));
      }
    }
    return ids;
  }

  /** Reads until nothing is new; leaves out the lines between chunks of the transfer. */
  private String all() throws IOException {
    if (rest.isEmpty()) {
      StringBuilder all = new StringBuilder();
      byte[] block = new byte[64 << 10];
      try {
        for (int read = socket.getInputStream().read(block);
            read >= 0;
            read = socket.getInputStream().read(block)) {
          all.append(new String(block, 0, read, UTF_8));
          if (all.indexOf(COMMENT, all.length() - 8) >= 0) {
            break;
          }
        }
      } catch (SocketException e) {
        // cut off
      }
      rest = all.toString().replaceAll("\r\n[0-9A-Fa-f]+\r\n|^[0-9A-Fa-f]+\r\n", "");
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
