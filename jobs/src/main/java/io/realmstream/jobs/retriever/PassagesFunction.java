package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
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
 * <p>State beside {@link DocumentShard}'s and {@link RetiredVersions}': the last heartbeat of each
 * updater subtask ({@code beats}), and what waits for staged revisions to settle: a freshness,
 * completed versions.
 */
public final class PassagesFunction
    extends KeyedCoProcessFunction<Integer, PassageEvent, Lookup, Found> {
  static final String UID = "passages";
  private static final long serialVersionUID = 1L;

  private final Duration tombstoneTtl;
  private transient DocumentShard documents;
  private transient RetiredVersions retired;
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
  public PassagesFunction(Duration tombstoneTtl) {
    this.tombstoneTtl = tombstoneTtl;
  }

  @Override
  public void open(OpenContext context) {
    documents = new DocumentShard(getRuntimeContext(), tombstoneTtl);
    retired = new RetiredVersions(getRuntimeContext(), documents.maps());
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
    if (event.retired() != null) {
      retire(event.retired(), context);
    } else if (isRetired(event, context.getCurrentKey())) {
      return; // it would bring back what is being forgotten
    } else if (event.vectors() != null) {
      announce(event.shard(), documents.accept(event.vectors(), nowMs), context);
    } else if (event.ack() != null) {
      announce(event.shard(), documents.acknowledge(event.ack(), nowMs), context);
    } else if (event.heartbeat() != null) {
      beat(event.heartbeat());
    } else if (event.complete() != null) {
      completing.put(event.complete().version(), event.complete());
    }
    if (documents.isSettled()) {
      settle(event.shard(), context);
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

  private void retire(ShardRetired shard, Context context) throws Exception {
    retired.add(context.getCurrentKey(), shard.version());
    live.forget(shard.shard(), shard.version());
    completing.remove(shard.version());
    walkSoon(context);
  }

  /** Forgets what was current a while ago, and a slice of versions that had their time. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Found> out)
      throws Exception {
    documents.forget(timestamp);
    if (retired.forgetSome(context.getCurrentKey())) {
      walkSoon(context);
    }
  }

  private static void walkSoon(Context context) {
    TimerService timers = context.timerService();
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + 1);
  }

  private boolean isRetired(PassageEvent event, Integer key) throws Exception {
    Integer version = event.version();
    return version != null && retired.contains(key, version);
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

  /** Passes on what was said when the last staged revision had not become current yet. */
  private void settle(int shard, Context context) throws Exception {
    Instant through = unsettled.value();
    if (through != null) {
      context.output(Outputs.FRESHNESS, new ShardFreshness(shard, through));
      documents.said(through.toEpochMilli());
      unsettled.clear();
    }
    if (!completing.isEmpty()) {
      for (ShardComplete complete : completing.values()) {
        context.output(Outputs.READY, complete);
      }
      completing.clear();
    }
  }

  private void announce(int shard, DocumentShard.@Nullable Flip flip, Context context)
      throws Exception {
    if (flip == null) {
      return;
    }
    revisions.inc();
    long nowMs = context.timerService().currentProcessingTime();
    // whole seconds, so that many revisions share a timer
    long forgetMs = (nowMs + SupersededRevisions.KEPT_MS) / 1000 * 1000 + 1000;
    context.timerService().registerProcessingTimeTimer(forgetMs);
    Set<Hash128> before = flip.before() == null ? Set.of() : uids(flip.before());
    Set<Hash128> now = uids(flip.now());
    readToAnswerableMs.update(Math.max(0, nowMs - flip.now().readAt().toEpochMilli()));
    live.add(shard, flip.document().version(), now.size() - before.size());
    int unchanged = (int) now.stream().filter(before::contains).count();
    DocumentStatus status =
        new DocumentStatus(
            flip.document().document(),
            flip.now().revision(),
            flip.now().outcome(),
            null,
            now.size(),
            now.size() - unchanged,
            before.size() - unchanged,
            unchanged,
            flip.now().truncated(),
            flip.now().embedded(),
            flip.now().reprojected(),
            flip.now().reused(),
            flip.document().version(),
            flip.now().readAt(),
            flip.now().publishedAt(),
            Instant.ofEpochMilli(nowMs));
    context.output(
        Outputs.STATUS,
        OutboundRecord.byKey(
            status.id().getBytes(StandardCharsets.UTF_8), Codecs.DOCUMENT_STATUS.encode(status)));
  }

  private static Set<Hash128> uids(Manifest manifest) {
    Set<Hash128> uids = new HashSet<>();
    for (ManifestEntry entry : manifest.entries()) {
      uids.add(entry.uid());
    }
    return uids;
  }
}
