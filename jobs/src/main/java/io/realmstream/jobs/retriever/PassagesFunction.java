package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a shard's documents and looks candidates up in them: only passages of a current manifest
 * are answered. Tells on the side when a revision became answerable, when the shard is complete in
 * a version, and how fresh it is.
 *
 * <p>State beside {@link DocumentShard}'s, {@link EndedVersions}' and {@link RetiredVersions}': the
 * last heartbeat of each updater subtask ({@code beats}), and what waits for staged revisions to
 * settle: a freshness, completed versions. And that of {@link RepublishedShard} and {@link
 * ShardDoubt}.
 */
public final class PassagesFunction
    extends KeyedCoProcessFunction<Integer, PassageEvent, Lookup, Found> {
  static final String UID = "passages";
  private static final long serialVersionUID = 1L;

  private final Shards shards;
  private final Duration tombstoneTtl;
  private transient DocumentShard documents;
  private transient EndedVersions ended;
  private transient RetiredVersions retired;
  private transient RepublishedShard republished;
  private transient ShardDoubt doubt;
  private transient MapState<Integer, Heartbeat> beats;
  private transient ValueState<Instant> unsettled;
  private transient MapState<Integer, ShardComplete> completing;
  private transient Counter revisions;
  private transient Counter lookups;
  private transient Counter dropped;
  private transient Histogram readToAnswerableMs;
  private transient LivePassages live;
  private transient Set<Integer> loaded;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public PassagesFunction(Shards shards, Duration tombstoneTtl) {
    this.shards = shards;
    this.tombstoneTtl = tombstoneTtl;
  }

  @Override
  public void open(OpenContext context) {
    ended = new EndedVersions(getRuntimeContext());
    documents = new DocumentShard(getRuntimeContext(), tombstoneTtl, ended);
    retired = new RetiredVersions(getRuntimeContext(), ended, documents.maps());
    republished = new RepublishedShard(getRuntimeContext(), documents.documents());
    doubt = new ShardDoubt(getRuntimeContext(), shards.count());
    beats =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("beats", Integer.class, Heartbeat.class));
    unsettled =
        getRuntimeContext().getState(new ValueStateDescriptor<>("unsettled", Instant.class));
    completing =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("completing", Integer.class, ShardComplete.class));
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    revisions = metrics.counter("revisionsServed");
    lookups = metrics.counter("lookups");
    dropped = metrics.counter("candidatesDropped");
    readToAnswerableMs = metrics.histogram("readToAnswerableMs");
    live = new LivePassages(getRuntimeContext(), metrics);
    loaded = new HashSet<>();
  }

  @Override
  public void processElement1(PassageEvent event, Context context, Collector<Found> out)
      throws Exception {
    if (loaded.add(event.shard())) {
      live.load(event.shard());
    }
    long nowMs = context.timerService().currentProcessingTime();
    if (event.isGap()) {
      lose(event.shard(), context);
    } else if (event.round() != null) {
      round(event.round(), context);
    } else if (event.ended() != null) {
      retire(event.shard(), event.ended(), context);
    } else if (event.version() != null && ended.contains(event.shard(), event.version())) {
      return; // it would bring back what is being forgotten
    } else if (event.vectors() != null) {
      take(event.vectors(), event.again(), context);
    } else if (event.ack() != null) {
      announce(event.shard(), documents.acknowledge(event.ack(), nowMs), context);
    } else if (event.heartbeat() != null) {
      beat(event.heartbeat());
    } else if (event.complete() != null) {
      completing.put(event.complete().version(), event.complete());
    }
    settle(event.shard(), context);
  }

  private void take(PassageVectors record, boolean again, Context context) throws Exception {
    republished.name(new VersionedDocument(record.version(), record.document()));
    long nowMs = context.timerService().currentProcessingTime();
    DocumentShard.Accepted accepted = documents.accept(record, again, nowMs);
    announce(record.shard(), accepted.flip(), context);
    if (accepted.lacking() && !again) { // a republication may name what it cannot tell
      lose(record.shard(), context);
    }
  }

  /** A record was lost: nothing is claimed of the shard until it was published again. */
  private void lose(int shard, Context context) throws Exception {
    republished.lose(shard);
    if (doubt.lose(context.timerService().currentProcessingTime())) {
      unsettled.clear();
      context.output(Outputs.FRESHNESS, ShardFreshness.unknown(shard));
    }
    ask(shard, context);
    walkSoon(context);
  }

  private void ask(int shard, Context context) throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    var request = doubt.ask(shard, republished.isUnderWay(), nowMs);
    if (request != null) {
      context.output(Outputs.REQUESTS, request);
    }
    Long lookAtMs = doubt.lookAtMs();
    if (lookAtMs != null) {
      context.timerService().registerProcessingTimeTimer(lookAtMs);
    }
  }

  private void round(ShardRound round, Context context) throws Exception {
    if (republished.take(round)) {
      for (int version : round.complete()) {
        if (!ended.contains(round.shard(), version)) {
          completing.put(version, new ShardComplete(version, round.shard()));
        }
      }
      doubt.repair();
      walkSoon(context);
    }
  }

  @Override
  public void processElement2(Lookup lookup, Context context, Collector<Found> out)
      throws Exception {
    List<FoundPassage> found = new ArrayList<>();
    for (Hash128 uid : lookup.uids()) {
      FoundPassage passage = documents.find(lookup, uid);
      if (passage != null) {
        found.add(passage);
      }
    }
    lookups.inc();
    dropped.inc(lookup.uids().size() - found.size());
    out.collect(new Found(lookup.request(), lookup.deadlineMs(), lookup.shard(), found));
  }

  private void retire(int shard, EndedIndexes more, Context context) throws Exception {
    for (int version : retired.add(shard, more)) {
      live.forget(shard, version);
      documents.staged().retire(shard, version);
      completing.remove(version);
      walkSoon(context);
    }
  }

  /** Forgets a slice of what is over, or was not named again; asks again for what was lost. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Found> out)
      throws Exception {
    documents.forget(timestamp);
    int shard = shards.ofKey(context.getCurrentKey());
    boolean more = retired.forgetSome(shard);
    more |= republished.sweepSome(shard, document -> remove(shard, document, context));
    if (more) {
      walkSoon(context);
    }
    if (!doubt.isNone()) {
      ask(shard, context);
    }
    settle(shard, context);
  }

  private void remove(int shard, VersionedDocument document, Context context) {
    try {
      long nowMs = context.timerService().currentProcessingTime();
      if (!ended.contains(shard, document.version())) { // else it goes with its version
        announce(shard, documents.remove(shard, document, nowMs), context);
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot remove " + document, e);
    }
  }

  private static void walkSoon(Context context) {
    TimerService timers = context.timerService();
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + 1);
  }

  private void beat(Heartbeat beat) throws Exception {
    Instant through = beat.through();
    int count = 0;
    boolean restarted = false;
    for (Heartbeat other : beats.values()) {
      if (other.run() > beat.run()) {
        return; // of an updater that is gone
      }
      restarted |= other.run() < beat.run();
    }
    if (restarted) {
      beats.clear();
    }
    beats.put(beat.subtask(), beat);
    for (Heartbeat other : beats.values()) {
      through = other.through().isBefore(through) ? other.through() : through;
      count++;
    }
    if (count == beat.subtasks()) {
      unsettled.update(through);
    }
  }

  /**
   * Passes on what was said when the last staged revision had not become current yet: that a
   * version is complete when its own are, how fresh the shard is when all are.
   */
  private void settle(int shard, Context context) throws Exception {
    boolean isSettled = documents.staged().isSettled(shard);
    // all that a republication brought is current, and all that it did not name is gone
    if (!doubt.isNone() && !(isSettled && republished.isSwept() && doubt.settle())) {
      return;
    }
    complete(shard, context);
    Instant through = isSettled ? unsettled.value() : null;
    if (through != null) {
      context.output(Outputs.FRESHNESS, new ShardFreshness(shard, through));
      documents.said(through.toEpochMilli());
      unsettled.clear();
    }
  }

  private void complete(int shard, Context context) throws Exception {
    if (completing.isEmpty()) {
      return;
    }
    List<ShardComplete> settled = new ArrayList<>();
    for (ShardComplete complete : completing.values()) {
      if (documents.staged().isSettled(shard, complete.version())) {
        settled.add(complete);
      }
    }
    for (ShardComplete complete : settled) {
      context.output(Outputs.READY, complete);
      completing.remove(complete.version());
    }
  }

  private void announce(int shard, @Nullable Flip flip, Context context) throws Exception {
    if (flip == null) {
      return;
    }
    revisions.inc();
    long nowMs = context.timerService().currentProcessingTime();
    // whole seconds, so that many revisions share a timer
    long forgetMs = (nowMs + SupersededRevisions.KEPT_MS) / 1000 * 1000 + 1000;
    context.timerService().registerProcessingTimeTimer(forgetMs);
    readToAnswerableMs.update(Math.max(0, nowMs - flip.now().readAt().toEpochMilli()));
    DocumentStatus status = flip.status(nowMs);
    live.add(shard, flip.document().version(), status.changes().growth());
    context.output(
        Outputs.STATUS,
        OutboundRecord.byKey(
            status.id().getBytes(StandardCharsets.UTF_8), Codecs.DOCUMENT_STATUS.encode(status)));
  }
}
