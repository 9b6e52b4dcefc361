package io.realmstream.deploy.embedded;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.ProcessFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker in this process: one node that is broker and KRaft controller, on loopback.
 *
 * <p>Its data survive {@link #close}, a kill of the process and a start on other ports, since the
 * folder holds the log and nothing that depends on a port.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and waits until it takes requests.
   *
   * @param directory where its data live; created if missing
   * @param port to listen on; 0 = a free one
   * @throws StartException if the port is taken or the folder cannot be used
   */
  public static EmbeddedBroker start(Path directory, int port) throws StartException {
    return start(directory, port, Map.of());
  }

  /**
   * The same.
   *
   * @param settings over those that ship; clients come by the listener PLAINTEXT
   */
  static EmbeddedBroker start(Path directory, int port, Map<String, String> settings)
      throws StartException {
    List<Integer> free = Ports.free(2);
    int brokerPort = port == 0 ? free.get(0) : Ports.claim(port, "Kafka");
    // the controller speaks to the broker beside it alone, so any other port does
    int controllerPort = free.get(1) == brokerPort ? free.get(0) : free.get(1);
    Properties properties = properties(directory.resolve("data"), brokerPort, controllerPort);
    properties.putAll(settings);
    format(directory, properties);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw new StartException("Kafka did not start in " + directory, e);
    }
    return new EmbeddedBroker(server, brokerPort);
  }

  /** Value for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Stops the broker and waits for it. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory, Properties properties) throws StartException {
    Path data = directory.resolve("data");
    Path file = directory.resolve("server.properties");
    try {
      Files.createDirectories(data);
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, "written at every start");
      }
    } catch (IOException e) {
      throw new StartException("cannot write Kafka's folder " + directory, e);
    }
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    int exitCode =
        StorageTool.execute(arguments, new PrintStream(output, true, StandardCharsets.UTF_8));
    if (exitCode != 0) {
      throw new StartException(
          "cannot format Kafka's folder "
              + data
              + ": "
              + output.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static Properties properties(Path data, int port, int controllerPort) {
    Properties properties = ProcessFiles.broker();
    String node = properties.getProperty("node.id");
    properties.setProperty("controller.quorum.voters", node + "@localhost:" + controllerPort);
    properties.setProperty(
        "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
    properties.setProperty("log.dirs", Folders.listable(data).toString());
    return properties;
  }
}
