package io.realmstream.deploy.cli.arguments;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is: the options that every client command shares. */
public final class KafkaOptions {
  private static final String DEFAULT_SERVERS = "localhost:9092";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      converter = BrokersConverter.class,
      description =
          "Kafka brokers to start from. Default: those of --kafka-config, else of the embedded run"
              + " in --dir, else "
              + DEFAULT_SERVERS
              + ".")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of every Kafka client, for instance security.protocol.")
  private @Nullable Path config;

  @Option(
      names = "--topic-prefix",
      paramLabel = "NAME",
      defaultValue = "realm",
      converter = TopicPrefixConverter.class,
      description = "First part of every topic's name (default: ${DEFAULT-VALUE}).")
  private String topicPrefix = "realm";

  @Option(
      names = "--retriever",
      paramLabel = "NAME",
      converter = RetrieverConverter.class,
      description =
          "Name of the retriever whose topics these are, if several run beside each other. Default:"
              + " the first one, which has none.")
  private String retriever = "";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "${env:REALM_DIR:-${sys:user.home}/.realm}",
      description =
          "Folder of an embedded run; its run.json says where Kafka and Flink are. Default:"
              + " $REALM_DIR, else ~/.realm.")
  private Path directory = Path.of(".realm");

  /** Opens nothing yet. */
  public Connection connect() {
    Map<String, Object> settings = new HashMap<>(configured());
    if (bootstrapServers != null) {
      settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }
    settings.computeIfAbsent(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        name -> run().map(RunFile::bootstrapServers).orElse(DEFAULT_SERVERS));
    return new Connection(settings, new Topics(topicPrefix, retriever));
  }

  /** {@code --dir}, which need not exist. */
  public Path directory() {
    return directory;
  }

  /** The embedded run of {@code --dir}, which need not be the broker that is talked to. */
  public Optional<RunFile> run() {
    return RunFile.read(directory);
  }

  /** The embedded run of {@code --dir}, if {@link #connect} leads there. */
  public Optional<RunFile> connectedRun() {
    String servers = localhost(connect().servers());
    return run().filter(run -> localhost(run.bootstrapServers()).equals(servers));
  }

  private static String localhost(String servers) {
    return servers.replace("127.0.0.1:", "localhost:");
  }

  private Map<String, String> configured() {
    Properties properties = new Properties();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config)) {
        properties.load(reader);
      } catch (IOException e) {
        throw CommandFailure.usage("cannot read --kafka-config " + config + ": " + e.getMessage());
      }
    }
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }
}
