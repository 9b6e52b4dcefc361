package io.realmstream.deploy.embedded;

import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a vectors topic has said so far: the documents in force and their passages' vectors. */
final class PublishedVectors {
  private final Map<String, PassageVectors> documents = new TreeMap<>();
  private final Map<Hash128, float[]> vectors = new HashMap<>();

  /** A record with its place in the topic. */
  record Published(TopicPartition partition, long offset, VectorRecord record) {
    /** What it says of a document; null = it is of none. */
    @Nullable PassageVectors document() {
      return record.message() instanceof PassageVectors vectors ? vectors : null;
    }
  }

  /** Every record that a topic has now; per partition in order. */
  static List<Published> records(String bootstrapServers) {
    Topics topics = new Topics("realm");
    Connection connection = new Connection(Map.of("bootstrap.servers", bootstrapServers), topics);
    List<Published> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        KeptClients.records(connection, topics.passageVectors())) {
      try {
        records.add(
            new Published(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                VectorMessageCodec.read(record.value())));
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }
    return records;
  }

  /** Takes in what a topic has; what was taken in before may come again. */
  void take(List<Published> records) {
    for (Published published : records) {
      PassageVectors document = published.document();
      if (document != null) {
        take(document);
      }
    }
  }

  private void take(PassageVectors document) {
    for (PassageInsert insert : document.inserts()) {
      vectors.put(insert.uid(), insert.vector());
    }
    if (document.revision().outcome() == Outcome.DELETED) {
      documents.remove(document.document());
    } else if (document.part().commits()) {
      documents.put(document.document(), document);
    }
  }

  /** Of each document in force: title, revision, and each passage with place and vector. */
  Map<String, String> inForce() {
    Map<String, String> inForce = new TreeMap<>();
    documents.forEach(
        (id, document) -> {
          StringBuilder text =
              new StringBuilder(document.revision().title() + " " + document.revision().number());
          for (ManifestEntry entry : document.manifest()) {
            String vector = Arrays.toString(vectors.get(entry.uid()));
            text.append(' ').append(entry).append(' ').append(vector);
          }
          inForce.put(id, text.toString());
        });
    return inForce;
  }
}
