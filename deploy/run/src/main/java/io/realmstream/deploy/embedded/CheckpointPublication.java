package io.realmstream.deploy.embedded;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Puts a checkpoint that comes with the project on the topic of retriever checkpoints. */
public final class CheckpointPublication {
  private final Connection connection;

  public CheckpointPublication(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads and verifies every file of a checkpoint, so that what is missing is said before anything
   * starts.
   *
   * @param models folder that keeps the files by digest
   * @throws StartException if one is missing, or is not what its digest says
   */
  public static void verify(RetrieverCheckpoint checkpoint, Path models) throws StartException {
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
    try (KafkaProducer<byte[], byte[]> producer = connection.producer()) {
      producer.send(new ProducerRecord<>(topic(), key, wanted)).get();
    }
    return true;
  }

  static RetrieverCheckpoint checkpoint(@Nullable String model) {
    return model == null ? DefaultCheckpoints.e5() : DefaultCheckpoints.named(model);
  }

  private byte @Nullable [] newest() {
    AtomicReference<byte @Nullable []> newest = new AtomicReference<>();
    try (TopicReplay replay = TopicReplay.of(connection, topic())) {
      replay.forEach(record -> newest.set(record.value()));
    }
    return newest.get();
  }

  private String topic() {
    return connection.topics().retrieverCheckpoints();
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
