package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.OperatorMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** The passages operator in numbers; those by version are {@link LivePassages}. */
final class PassagesMetrics {
  private final Counter revisions;
  private final Counter lookups;
  private final Counter dropped;
  private final Counter requests;
  private final Histogram readToAnswerableMs;
  private final ShardSilence silence;

  /**
   * @param shards of the subtask
   */
  PassagesMetrics(OperatorMetrics metrics, int shards) {
    revisions = metrics.counter("revisionsServed");
    lookups = metrics.counter("lookups");
    dropped = metrics.counter("candidatesDropped");
    requests = metrics.counter("republicationsAsked");
    readToAnswerableMs = metrics.histogram("readToAnswerableMs");
    silence = new ShardSilence(shards, System::currentTimeMillis, metrics);
  }

  /** A revision became answerable, so long after it was read. */
  void served(long sinceReadMs) {
    revisions.inc();
    readToAnswerableMs.update(Math.max(0, sinceReadMs));
  }

  void lookedUp(int candidatesDropped) {
    lookups.inc();
    dropped.inc(candidatesDropped);
  }

  void askedAgain() {
    requests.inc();
  }

  /** A shard had a heartbeat. */
  void heard(int shard, long nowMs) {
    silence.hear(shard, nowMs);
  }
}
