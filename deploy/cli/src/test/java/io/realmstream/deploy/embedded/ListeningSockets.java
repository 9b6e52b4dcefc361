package io.realmstream.deploy.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a process listens, as Linux tells. */
public final class ListeningSockets {
  private static final String LISTEN = "0A";

  private ListeningSockets() {}

  /**
   * The addresses and ports, of IPv4 and IPv6.
   *
   * @param pid of a process of the same user
   */
  public static List<InetSocketAddress> of(long pid) throws IOException {
    Set<String> inodes = inodes(pid);
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc", Long.toString(pid), "net", table);
      if (!Files.exists(file)) {
        continue; // a machine without IPv6
      }
      for (String line : Files.readAllLines(file)) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length > 9 && columns[3].equals(LISTEN) && inodes.contains(columns[9])) {
          addresses.add(address(columns[1]));
        }
      }
    }
    return addresses;
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          inodes.add(Files.readSymbolicLink(descriptor).toString().replaceAll("\\D", ""));
        }
      }
    }
    return inodes;
  }

  /** The kernel writes each four bytes of an address as a number of the machine. */
  private static InetSocketAddress address(String hex) throws IOException {
    String[] parts = hex.split(":", -1);
    byte[] bytes = HexFormat.of().parseHex(parts[0]);
    ByteBuffer swapped = ByteBuffer.allocate(bytes.length);
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      swapped.putInt(words.getInt());
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(swapped.array()), Integer.parseInt(parts[1], 16));
  }
}
