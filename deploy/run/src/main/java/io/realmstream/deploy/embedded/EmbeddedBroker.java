package io.realmstream.deploy.embedded;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  /** Largest record batch that the broker takes, in bytes. */
  public static final int MESSAGE_BYTES_MAX = 8 << 20;

  private static final int NODE = 1;

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
    int brokerPort = Ports.claim(port, "Kafka");
    // the controller speaks to the broker beside it alone, so any port does
    int controllerPort = Ports.free(1).get(0);
    Properties properties = properties(directory.resolve("data"), brokerPort, controllerPort);
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
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE));
    properties.setProperty("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
    properties.setProperty(
        "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("log.dirs", Folders.listable(data).toString());
    properties.setProperty("auto.create.topics.enable", "false");
    String bytesMax = Integer.toString(MESSAGE_BYTES_MAX);
    properties.setProperty("message.max.bytes", bytesMax);
    properties.setProperty("replica.fetch.max.bytes", bytesMax);
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    // one node: nothing to replicate to; few partitions of internal topics: a quick start
    properties.setProperty("default.replication.factor", "1");
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.setProperty(topic + ".replication.factor", "1");
      properties.setProperty(topic + ".num.partitions", "4");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    // the default of 128 MiB of heap is for brokers with millions of keys
    properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    return properties;
  }
}
