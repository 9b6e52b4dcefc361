package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * A vectors topic as it was recorded: two partitions, of which the second one has most documents,
 * with ten records and a heartbeat each second.
 */
final class RecordedTopic {
  static final int PARTITIONS = 2;

  private static final int RECORD_MS = 100;
  private static final int BEAT_MS = 1_000;
  private static final int UNEVEN = 4;

  private final List<List<TrunkEvent>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
  private final long[] offsets = new long[PARTITIONS];
  private long nowMs;

  /** Documents, of which some get another text and some are deleted later. */
  static RecordedTopic of(int documents) {
    RecordedTopic topic = new RecordedTopic();
    for (int i = 0; i < documents; i++) {
      topic.add(ToldDocuments.told("d" + i, 1, Outputs.text(i), true));
      if (i % 5 == 4) {
        topic.add(ToldDocuments.told("d" + (i / 2), 2, Outputs.text(documents + i), true));
      }
      if (i % 16 == 15) {
        topic.add(ToldDocuments.deleted("d" + (i / 3), 3));
      }
    }
    return topic;
  }

  List<TrunkEvent> partition(int number) {
    return partitions.get(number);
  }

  /** Goes on until that time. */
  RecordedTopic beatenTo(long timeMs) {
    while (nowMs < timeMs) {
      tick();
    }
    return this;
  }

  private void add(PassageVectors vectors) {
    int partition = vectors.shard() % UNEVEN == 0 ? 0 : 1;
    partitions.get(partition).add(TrunkEvent.of(vectors, place(partition), false));
    tick();
  }

  private void tick() {
    nowMs += RECORD_MS;
    if (nowMs % BEAT_MS == 0) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        partitions.get(partition).add(TrunkEvent.heartbeat(place(partition), PARTITIONS));
      }
    }
  }

  private TopicPlace place(int partition) {
    return new TopicPlace(partition, offsets[partition]++, nowMs);
  }
}
