package io.realmstream.deploy.client.documents;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.schemas.Topics;
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
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads from the topics what became of one document. */
public final class StoryReader {
  /** Whatever the broker took can be shown. */
  private static final ClientEditCodec EDIT = new ClientEditCodec(9 << 20);

  /** Publication is timed by the updater's clock, its records by the producer's or the broker's. */
  private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(1);

  private final Connection connection;
  private final String id;
  private final Consumer<String> malformed;

  /**
   * @param malformed told of each record of the document that is none of its topic
   */
  public StoryReader(Connection connection, String id, Consumer<String> malformed) {
    this.connection = connection;
    this.id = id;
    this.malformed = malformed;
  }

  /** What the topics tell of edits and their ends. */
  public DocumentStory story() {
    Topics topics = connection.topics();
    connection.require(
        topics.documents(),
        topics.acceptedDocuments(),
        topics.documentStatus(),
        topics.indexVersions(),
        topics.passageVectors());
    DocumentStory story = new DocumentStory();
    replay(topics.acceptedDocuments(), record -> accepted(story, record));
    // what the updater has not read yet
    replay(topics.documents(), record -> edit(story, record));
    replay(topics.documentStatus(), record -> status(story, record));
    return story;
  }

  /** The story, and what is published of the document. */
  public StoryReport report(DocumentStory story) {
    return StoryReport.of(id, story, passages(story));
  }

  private void replay(String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
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
  private PublishedPassages passages(DocumentStory story) {
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
      malformed.accept("malformed vectors at offset " + record.offset());
    }
  }

  private void accepted(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    try {
      story.accepted(AcceptedEditCodec.decode(record.key(), record.value(), headers));
    } catch (BadRecordException e) {
      malformed.accept(
          "malformed accepted edit at offset " + record.offset() + ": " + e.getMessage());
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
      malformed.accept("malformed edit at offset " + record.offset() + ": " + e.getMessage());
    }
  }

  private void status(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        story.status(Codecs.DOCUMENT_STATUS.decode(record.value()));
      }
    } catch (BadRecordException e) {
      malformed.accept("malformed status at offset " + record.offset());
    }
  }
}
