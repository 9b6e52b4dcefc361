package io.realmstream.deploy.embedded;

import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts a checkpoint that comes with the project on the topic of retriever checkpoints. */
public final class CheckpointPublication {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> kafka;
  private final String topic;

  /**
   * @param kafka properties of every client
   * @param topic of retriever checkpoints
   */
  public CheckpointPublication(Map<String, Object> kafka, String topic) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
  }

  /**
   * Reads and verifies every file of a checkpoint, so that what is missing is said before anything
   * starts.
   */
  static void verify(RetrieverCheckpoint checkpoint, Path models) throws StartException {
    PartCache cache =
        new PartCache(models, PartOpener.local(CheckpointPublication.class.getClassLoader()));
    try {
      for (Part part : parts(checkpoint)) {
        cache.fetch(part);
      }
    } catch (CheckpointException e) {
      throw new StartException("no model: " + e.getMessage());
    }
  }

  /**
   * Publishes the checkpoint of that name unless it is the newest already; with no name, the
   * default one unless there is any: a start must not undo what somebody published.
   *
   * @return whether it was published
   */
  public boolean publish(@Nullable String model) throws ExecutionException, InterruptedException {
    byte @Nullable [] newest = newest();
    if (model == null && newest != null) {
      return false;
    }
    RetrieverCheckpoint checkpoint = checkpoint(model);
    byte[] wanted = Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint);
    if (Arrays.equals(wanted, newest)) {
      return false;
    }
    byte[] key = checkpoint.retriever().getBytes(StandardCharsets.UTF_8);
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, wanted)).get();
    }
    return true;
  }

  static RetrieverCheckpoint checkpoint(@Nullable String model) {
    return model == null ? DefaultCheckpoints.e5() : DefaultCheckpoints.named(model);
  }

  /** The topic has one partition, so its last record is the newest. */
  private byte @Nullable [] newest() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("isolation.level", "read_committed");
    TopicPartition partition = new TopicPartition(topic, 0);
    byte @Nullable [] newest = null;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          newest = record.value();
        }
      }
    }
    return newest;
  }

  private static List<Part> parts(RetrieverCheckpoint checkpoint) {
    MaskedReaderPart masked = checkpoint.maskedReader();
    return Stream.of(
            parts(checkpoint.documentTower()),
            parts(checkpoint.queryTower()),
            List.of(checkpoint.reader().model(), checkpoint.reader().tokenizer()),
            masked == null ? List.<Part>of() : List.of(masked.model(), masked.tokenizer()))
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static List<Part> parts(EncoderTower tower) {
    @Nullable Part projection = tower.projection();
    return projection == null
        ? List.of(tower.trunk(), tower.tokenizer())
        : List.of(tower.trunk(), tower.tokenizer(), projection);
  }
}
