package io.realmstream.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A way to a broker: makes plain Kafka clients of bytes.
 *
 * @param settings of every client
 */
public record Connection(Map<String, Object> settings, Topics topics) {
  /** How long a broker may keep silent before it counts as unreachable. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final int CONNECT_MS = 1_000;

  /** A document's record may have 8 MiB, see the topics' limits. */
  private static final int RECORD_BYTES_MAX = 9 << 20;

  /** How much a fetch brings at most. A larger record comes all the same. */
  private static final int FETCH_BYTES_FEW = 64 << 10;

  /** How soon added partitions are found. */
  private static final int METADATA_MAX_AGE_MS = 5_000;

  public Connection {
    settings = Map.copyOf(settings);
  }

  /**
   * To the topics of an embedded run, and of a cluster whose topics were named as there.
   *
   * @param servers HOST:PORT[,...]
   */
  public static Connection to(String servers) {
    return new Connection(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers), new Topics("realm"));
  }

  /** Name of a job's consumer group, for instance of {@code retriever-queries}. */
  public String group(String reader) {
    return topics.group(reader);
  }

  /** The broker's address, for messages. */
  public String servers() {
    return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /**
   * Makes sure that the broker answers and has the topics.
   *
   * @throws ClientException UNREACHABLE, after at most {@link #PATIENCE} and a little; FAILED when
   *     a topic has lost its order
   */
  public void require(String... names) {
    try (Admin admin = admin()) {
      await(
              admin
                  .describeTopics(
                      List.of(names),
                      new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis()))
                  .allTopicNames())
          .forEach((name, found) -> topics.checkOrder(name, found.partitions().size()));
    } catch (IllegalStateException e) {
      throw ClientException.failed(String.valueOf(e.getMessage()));
    } catch (UnknownTopicOrPartitionException e) {
      throw ClientException.unreachable(
          "the broker at "
              + servers()
              + " lacks a topic: is `realm up` running? "
              + List.of(names));
    } catch (TimeoutException e) {
      throw ClientException.unreachable(
          isListening()
              ? "%s did not answer as a broker that speaks %s in %d s: see security.protocol in --kafka-config"
                  .formatted(servers(), protocol(), PATIENCE.toSeconds())
              : "no broker answers at " + servers() + ": is `realm up` running?");
    } catch (KafkaException e) {
      if (e.getCause() instanceof ConfigException bad && unresolved(bad)) {
        throw ClientException.unreachable("no such host in " + servers());
      }
      throw e;
    }
  }

  /** A broker that wants TLS and a client without it wait for each other. */
  private boolean isListening() {
    List<String> servers = List.of(servers().split(","));
    for (InetSocketAddress address :
        ClientUtils.parseAndValidateAddresses(servers, ClientDnsLookup.USE_ALL_DNS_IPS)) {
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECT_MS);
        return true;
      } catch (IOException e) {
        // nobody there
      }
    }
    return false;
  }

  private String protocol() {
    return String.valueOf(
        settings.getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL));
  }

  public Admin admin() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return Admin.create(all);
  }

  /** A producer that acknowledges only what every in-sync replica has. */
  public KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    all.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES_MAX);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes one record and waits for its acknowledgement. */
  public void send(String topic, String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw ClientException.failed("sending failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientException.failed("interrupted");
    }
  }

  /** A consumer without a group: it is told what to read and commits nothing. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    return consumer(new HashMap<>(settings), RECORD_BYTES_MAX);
  }

  /**
   * The same, but it fails when the records that it is to read are gone, instead of going on
   * elsewhere. It fetches little at a time, for a process that has many consumers.
   */
  public KafkaConsumer<byte[], byte[]> strictConsumer() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return consumer(all, FETCH_BYTES_FEW);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      Map<String, Object> all, int fetchBytesMax) {
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytesMax);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytesMax);
    all.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The future's value; Kafka's own exceptions come out as they are. */
  public static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientException.failed("interrupted");
    }
  }

  private static boolean unresolved(ConfigException bad) {
    return String.valueOf(bad.getMessage()).contains("resolvable");
  }
}
