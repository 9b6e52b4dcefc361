package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.IdConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.ClientEditCodec;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.PassageVectors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm show}: what became of a document. */
@Command(
    name = "show",
    description = {
      "Show a document: revision, status, times, why it failed if it did, and its passages in each"
          + " index version.",
      "Read from the topics. Vectors stay on theirs for seven days; of a document that was"
          + " published before, the passages are not known here. Exit code 5: no such document.%n"
    },
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  /** Whatever the broker took can be shown. */
  private static final ClientEditCodec EDIT = new ClientEditCodec(9 << 20);

  /** Publication is timed by the updater's clock, its records by the producer's or the broker's. */
  private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(1);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(paramLabel = "ID", converter = IdConverter.class, description = "The document's id.")
  private String id = "";

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    connection.require(
        connection.topics().documents(),
        connection.topics().acceptedDocuments(),
        connection.topics().documentStatus(),
        connection.topics().indexVersions(),
        connection.topics().passageVectors());
    DocumentStory story = new DocumentStory();
    replay(connection, connection.topics().acceptedDocuments(), record -> accepted(story, record));
    // what the updater has not read yet
    replay(connection, connection.topics().documents(), record -> edit(story, record));
    replay(connection, connection.topics().documentStatus(), record -> status(story, record));
    if (!story.known()) {
      throw new CommandFailure(ExitCode.NO_ANSWER, "no document " + id);
    }
    StoryReport report = StoryReport.of(id, story, passages(connection, story));
    streams.out().println(json ? Json.line(report) : StoryPage.of(report, story));
    return ExitCode.OK;
  }

  private void replay(
      Connection connection, String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    try (TopicReplay replay = TopicReplay.of(connection, topic, key)) {
      replay.forEach(
          record -> {
            if (Arrays.equals(key, record.key())) {
              action.accept(record);
            }
          });
    }
  }

  /** All partitions: which one it is depends on how many shards the jobs have. */
  private PublishedPassages passages(Connection connection, DocumentStory story) {
    PublishedPassages passages =
        new PublishedPassages(new VersionLog(connection).table().written());
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().passageVectors())) {
      DocumentStatus inForce = story.inForce();
      replay
          .until(() -> !story.pending() && inForce != null && passages.allAt(inForce.revision()))
          .forEachSince(
              publishedSince(story, passages),
              record -> {
                if (Arrays.equals(key, record.key())) {
                  vectors(passages, record);
                }
              });
    }
    return passages;
  }

  /** Where to begin, in epoch ms. Of several versions only the last publication's time is known. */
  private static long publishedSince(DocumentStory story, PublishedPassages passages) {
    DocumentStatus inForce = story.inForce();
    Instant published = inForce == null ? null : inForce.progress().publishedAt();
    return published == null || passages.versions().size() > 1
        ? 0
        : published.minus(CLOCKS_APART_MAX).toEpochMilli();
  }

  private void vectors(PublishedPassages passages, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (VectorMessageCodec.decode(record.value()) instanceof PassageVectors vectors) {
        passages.add(vectors);
      }
    } catch (BadRecordException e) {
      streams.err().println("malformed vectors at offset " + record.offset());
    }
  }

  private void accepted(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    try {
      story.accepted(AcceptedEditCodec.decode(record.key(), record.value(), headers));
    } catch (BadRecordException e) {
      streams
          .err()
          .println("malformed accepted edit at offset " + record.offset() + ": " + e.getMessage());
    }
  }

  private void edit(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    try {
      story.edit(
          EDIT.decode(record.key(), record.value()),
          new AcceptedEdit.Origin(
              Math.max(record.timestamp(), -1), record.partition(), record.offset()));
    } catch (BadRecordException | IllegalArgumentException e) {
      // it went to the dead letters and never was an edit
      streams.err().println("malformed edit at offset " + record.offset() + ": " + e.getMessage());
    }
  }

  private void status(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        story.status(Codecs.DOCUMENT_STATUS.decode(record.value()));
      }
    } catch (BadRecordException e) {
      streams.err().println("malformed status at offset " + record.offset());
    }
  }
}
