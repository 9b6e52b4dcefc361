package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.transport.Doubt;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.RepublicationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Whether something of the shard whose key is current was lost, and the requests to publish it
 * again.
 *
 * <p>State, by shard: {@code doubt}, absent when there is none.
 */
final class ShardDoubt {
  private final int shards;
  private final ValueState<Doubt> doubt;
  private final Counter requests;

  ShardDoubt(RuntimeContext context, int shards) {
    this.shards = shards;
    doubt = context.getState(new ValueStateDescriptor<>("doubt", Doubt.class));
    OperatorMetrics metrics = new OperatorMetrics(context.getMetricGroup());
    requests = metrics.counter("republicationsAsked");
  }

  /** A record was lost; returns whether that is news. */
  boolean lose(long nowMs) throws Exception {
    Doubt before = doubt.value();
    doubt.update(before == null ? Doubt.noticed(nowMs) : before.again());
    return before == null;
  }

  /** A whole republication has come. */
  void repair() throws Exception {
    Doubt before = doubt.value();
    if (before != null) {
      doubt.update(before.repair());
    }
  }

  boolean isNone() throws Exception {
    return doubt.value() == null;
  }

  /**
   * Ends the doubt if what came behind the loss is whole.
   *
   * @return whether there is none any more
   */
  boolean settle() throws Exception {
    Doubt now = doubt.value();
    if (now != null && now.repaired()) {
      doubt.clear();
      return true;
    }
    return now == null;
  }

  /** When to look again, in epoch ms; null = there is nothing to wait for. */
  @Nullable Long lookAtMs() throws Exception {
    Doubt now = doubt.value();
    return now == null || now.repaired() ? null : Long.valueOf(now.askAtMs());
  }

  /**
   * Asks for the shard, if it is time.
   *
   * @param isUnderWay whether a republication has begun
   * @return what to send; null = nothing
   */
  @Nullable OutboundRecord ask(int shard, boolean isUnderWay, long nowMs) throws Exception {
    Doubt now = doubt.value();
    if (now == null || now.repaired() || nowMs < now.askAtMs()) {
      return null;
    }
    if (isUnderWay) {
      doubt.update(now.later(nowMs));
      return null;
    }
    doubt.update(now.asked(nowMs));
    requests.inc();
    RepublicationRequest request =
        new RepublicationRequest(
            shard,
            shards,
            PassagesFunction.UID,
            "records of the shard were lost",
            Instant.ofEpochMilli(nowMs));
    return OutboundRecord.byKey(
        Integer.toString(shard).getBytes(StandardCharsets.UTF_8),
        Codecs.REPUBLICATION_REQUEST.encode(request));
  }
}
