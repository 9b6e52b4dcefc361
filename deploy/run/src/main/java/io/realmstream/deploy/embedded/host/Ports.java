package io.realmstream.deploy.embedded.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of the loopback address. */
public final class Ports {
  private Ports() {}

  /**
   * Returns {@code wanted} if nothing listens there, or a free port when {@code wanted} is 0.
   *
   * @param purpose what needs the port, for the message
   * @throws StartException if the port is taken
   */
  public static int claim(int wanted, String purpose) throws StartException {
    if (wanted == 0) {
      return free(1).get(0);
    }
    try (ServerSocket socket = listen(wanted)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException(
          "port " + wanted + " for " + purpose + " is taken; choose another, or 0 for a free one");
    }
  }

  /** That many different free ports; all are held until the last is found. */
  public static List<Integer> free(int count) throws StartException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(listen(0));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new StartException("no free port", e);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
