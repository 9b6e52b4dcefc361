package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.model.learning.live.OffsetWindow;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.List;

/** A vectors topic as it was recorded: two partitions, with a heartbeat after each ten records. */
final class RecordedTopic {
  static final int PARTITIONS = 2;

  private static final Shards NUMBERS = new Shards(LearnHarness.SHARDS);
  private static final int BEAT_EACH = 10;

  private final List<List<TrunkEvent>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
  private final long[] offsets = new long[PARTITIONS];

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

  /** Goes on until each partition is that long. */
  RecordedTopic beatenTo(long offset) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      while (offsets[partition] < offset) {
        beat(partition);
      }
    }
    return this;
  }

  private void add(PassageVectors vectors) {
    int partition = NUMBERS.ofDocument(vectors.document()) % PARTITIONS;
    partitions.get(partition).add(TrunkEvent.of(vectors, offsets[partition]++, false));
    if (offsets[partition] % BEAT_EACH == 0) {
      beat(partition);
    }
  }

  private void beat(int partition) {
    offsets[partition]++;
    OffsetWindow.Mark mark = new OffsetWindow.Mark(partition, offsets[partition], PARTITIONS);
    partitions.get(partition).add(TrunkEvent.read(mark));
  }
}
