package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OutboundRecord;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * What a run goes on from: the operators' state, how far the topic was read, and the topic as the
 * next run finds it, which may be ahead of the state.
 */
record DividedIndexSnapshot(
    List<OperatorSubtaskState> assign,
    List<OperatorSubtaskState> cells,
    OperatorSubtaskState partitions,
    OperatorSubtaskState route,
    int read,
    List<OutboundRecord> topic) {
  DividedIndexSnapshot with(List<OutboundRecord> found) {
    return new DividedIndexSnapshot(assign, cells, partitions, route, read, found);
  }
}
