package io.realmstream.jobs.updater.documents;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State: the number of partitions of the vectors topic that are written. It never changes: a shard
 * must not move to another partition, where readers could get its records before those of the old
 * one.
 */
final class WrittenPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(WrittenPartitions.class);
  private static final String NAME = "vector-partitions";

  private WrittenPartitions() {}

  /**
   * How many are written from this start on.
   *
   * @param found partitions that the topic has
   */
  static int of(StateInitializationContext context, int found) throws Exception {
    ListState<Integer> written =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(NAME, Types.INT));
    int partitions = found;
    for (int before : written.get()) {
      partitions = before;
    }
    if (partitions > found) {
      throw new IllegalStateException(
          "this state wrote %d partitions of the vectors topic, which has %d"
              .formatted(partitions, found));
    }
    if (partitions < found) {
      LOG.warn("{} of the vectors topic's {} partitions are written, as before", partitions, found);
    }
    written.update(List.of(partitions));
    return partitions;
  }
}
