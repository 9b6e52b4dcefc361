package io.realmstream.jobs.learner.learn;

import io.realmstream.model.learning.live.ReadTimes;
import io.realmstream.model.version.VersionTable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

/** What the learner's state has besides that of shards: one entry each. */
final class LearnState {
  private final ListState<VersionTable> versions;
  private final ListState<Learned> learned;
  private final ListState<ReadTimes> read;
  private final ListState<Integer> judged;

  /**
   * What the state holds.
   *
   * @param read up to which time partitions were read, where order is held
   * @param judged number of the newest version that was judged; 0 = none
   */
  record Entries(VersionTable versions, Learned learned, ReadTimes read, int judged) {}

  LearnState(OperatorStateStore store) throws Exception {
    versions = store.getListState(new ListStateDescriptor<>("versions", VersionTable.class));
    learned = store.getListState(new ListStateDescriptor<>("learned", Learned.class));
    read = store.getListState(new ListStateDescriptor<>("read-times", ReadTimes.class));
    judged = store.getListState(new ListStateDescriptor<>("judged", Integer.class));
  }

  Entries get() throws Exception {
    return new Entries(
        last(versions, VersionTable.EMPTY),
        last(learned, Learned.NOTHING),
        last(read, ReadTimes.NONE),
        last(judged, 0));
  }

  void update(Entries entries) throws Exception {
    versions.update(List.of(entries.versions()));
    learned.update(List.of(entries.learned()));
    read.update(List.of(entries.read()));
    judged.update(List.of(entries.judged()));
  }

  private static <T> T last(ListState<T> state, T otherwise) throws Exception {
    T last = otherwise;
    for (T each : state.get()) {
      last = each;
    }
    return last;
  }
}
