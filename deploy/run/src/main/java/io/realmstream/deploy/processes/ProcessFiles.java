package io.realmstream.deploy.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.StringJoiner;

/**
 * The files that ship in {@code deploy/process}: the script that starts a process, and the
 * configuration that it reads.
 */
public final class ProcessFiles {
  public static final String SCRIPT = "start.sh";

  private static final String FLINK = "config.yaml";
  private static final String BROKER = "server.properties";
  private static final String ZOOKEEPER = "zoo.cfg";
  private static final String LOG = "log4j2.xml";

  private ProcessFiles() {}

  /** The broker's settings as they ship: a fresh copy. */
  public static Properties broker() {
    return properties(BROKER);
  }

  /**
   * Writes script and configuration into a folder.
   *
   * @param flink settings in place of those that ship
   * @param broker likewise
   * @param zooKeeper likewise
   */
  public static void write(
      Path folder,
      Map<String, String> flink,
      Map<String, String> broker,
      Map<String, String> zooKeeper)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(SCRIPT), text(SCRIPT));
    Files.writeString(folder.resolve(LOG), text("conf/" + LOG));
    Files.writeString(folder.resolve(FLINK), withSettings(text("conf/" + FLINK), flink));
    write(folder, BROKER, broker);
    write(folder, ZOOKEEPER, zooKeeper);
  }

  private static void write(Path folder, String name, Map<String, String> settings)
      throws IOException {
    Properties properties = properties(name);
    properties.putAll(settings);
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      properties.store(out, "written at every start");
    }
  }

  private static Properties properties(String name) {
    Properties properties = new Properties();
    try (InputStream in = open("conf/" + name)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** ZooKeeper's port, as a folder's configuration has it. */
  static int zooKeeperPort(Path folder) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve(ZOOKEEPER))) {
      properties.load(in);
    }
    return Integer.parseInt(properties.getProperty("clientPort"));
  }

  /** Puts settings in the place of those of the same name, and the others at the end. */
  static String withSettings(String yaml, Map<String, String> settings) {
    Map<String, String> left = new LinkedHashMap<>(settings);
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    for (String line : yaml.lines().toList()) {
      String name = line.substring(0, Math.max(0, line.indexOf(": ")));
      String value = left.remove(name);
      lines.add(value == null ? line : line(name, value));
    }
    left.forEach((name, value) -> lines.add(line(name, value)));
    return lines.toString();
  }

  private static String line(String name, String value) {
    return "%s: '%s'".formatted(name, value.replace("'", "''"));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(ProcessFiles.class.getResourceAsStream(name), name);
  }
}
