package io.realmstream.deploy.door;

import io.realmstream.deploy.door.http.Admission;
import io.realmstream.deploy.door.page.PageRoutes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a door listens, and whom it lets in.
 *
 * @param host name or address to listen on
 * @param port 0 = a free one
 * @param names other names that requests may call this host by
 * @param token what requests must bear; null = none is needed, on loopback alone
 * @param control whether requests may change versions and publish checkpoints
 */
public record DoorSettings(
    String host, int port, List<String> names, @Nullable String token, boolean control) {
  public static final int PORT = 8090;

  private static final int TOKEN_LENGTH_MIN = 16;

  /**
   * Refuses a door that strangers could open.
   *
   * @throws IllegalArgumentException in words for the person who starts it
   */
  public DoorSettings {
    names = List.copyOf(names);
    if (token != null && token.length() < TOKEN_LENGTH_MIN) {
      throw new IllegalArgumentException(
          "a token has at least " + TOKEN_LENGTH_MIN + " characters");
    }
    if (token == null && !isLoopback(host)) {
      throw new IllegalArgumentException(
          host + " can be reached from elsewhere, so a token is needed");
    }
  }

  /** On loopback, without a token and without control. */
  public static DoorSettings onLoopback(int port) {
    return new DoorSettings("localhost", port, List.of(), null, false);
  }

  /** The same with control. */
  public DoorSettings withControl() {
    return new DoorSettings(host, port, names, token, true);
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  /**
   * Whether others reach it, but have no name to call it by: an address that means every interface
   * stands in no request.
   */
  public boolean lacksName() {
    @Nullable InetAddress address = address().getAddress();
    return names.isEmpty() && address != null && address.isAnyLocalAddress();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  Admission admission() {
    // no page from elsewhere can have one of these names
    Set<String> hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    hosts.add(bracketed(host));
    names.forEach(name -> hosts.add(bracketed(name)));
    return new Admission(hosts, token, PageRoutes.paths());
  }

  static String bracketed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("there is no host " + host, e);
    }
  }
}
