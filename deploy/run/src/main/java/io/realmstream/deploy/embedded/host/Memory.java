package io.realmstream.deploy.embedded.host;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of this machine. */
public final class Memory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");

  private Memory() {}

  /**
   * Bytes that programs may still take without others being swapped out, as far as the system
   * tells: at most what the machine, or a container's limit, has in all.
   */
  public static long available() {
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    try {
      return Files.exists(LINUX) ? available(Files.readAllLines(LINUX), total) : total;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param meminfo lines of the file of that name, see proc_meminfo(5)
   * @param total in bytes, where those do not say more
   */
  static long available(List<String> meminfo, long total) {
    for (String line : meminfo) {
      Matcher matcher = AVAILABLE.matcher(line);
      if (matcher.matches()) {
        return Math.min(total, Long.parseLong(matcher.group(1)) << 10);
      }
    }
    return total;
  }
}
