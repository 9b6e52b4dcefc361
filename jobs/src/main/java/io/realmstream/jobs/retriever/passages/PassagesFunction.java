package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.freshness.ShardFreshness;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.DocumentShard;
import io.realmstream.model.serving.revision.Flip;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.serving.revision.SupersededRevisions;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a shard's documents and looks candidates up in them: only passages of a current manifest
 * are answered. Tells on the side when a revision became answerable, when the shard is complete in
 * a version, and how fresh it is.
 *
 * <p>State: that of {@link PassagesState}, and one number a version ({@code live-passages}).
 */
public final class PassagesFunction
    extends KeyedCoProcessFunction<Integer, PassageEvent, Lookup, Found> {
  public static final String UID = "passages";

  public static final OutputTag<OutboundRecord> STATUS = new OutputTag<>("document-status") {};

  /** How fresh shards are, and in which versions they have all their documents. */
  public static final OutputTag<ShardNews> NEWS = new OutputTag<>("shard-news") {};

  /** Requests for shards of which something was lost. */
  public static final OutputTag<OutboundRecord> REQUESTS = new OutputTag<>("requests") {};

  private static final long serialVersionUID = 1L;
  private static final String LIVE_PASSAGES = "live-passages";

  private final Shards shards;
  private final Duration tombstoneTtl;
  private transient PassagesState state;
  private transient PassagesMetrics numbers;
  private transient LivePassages live;
  private transient Map<Integer, BeatPosition> heard; // the last one of each shard, in this run

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public PassagesFunction(Shards shards, Duration tombstoneTtl) {
    this.shards = shards;
    this.tombstoneTtl = tombstoneTtl;
  }

  @Override
  public void open(OpenContext context) {
    state = PassagesState.of(getRuntimeContext(), shards.count(), tombstoneTtl, UID);
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    int own = shards.of(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
    numbers = new PassagesMetrics(metrics, own);
    live =
        new LivePassages(
            StateTable.of(getRuntimeContext(), LIVE_PASSAGES, Integer.class, Long.class),
            metrics,
            own);
    heard = new HashMap<>();
  }

  @Override
  public void processElement1(PassageEvent event, Context context, Collector<Found> out) {
    live.load(event.shard());
    long nowMs = context.timerService().currentProcessingTime();
    if (event.isGap()) {
      lose(event.shard(), context);
    } else if (event.round() != null) {
      round(event.round(), context);
    } else if (event.ended() != null) {
      retire(event.shard(), event.ended(), context);
    } else if (event.version() != null && state.ended().contains(event.shard(), event.version())) {
      return; // it would bring back what is being forgotten
    } else if (event.published() != null) {
      take(event.published().vectors(), event.published().again(), context);
    } else if (event.ack() != null) {
      announce(event.shard(), state.documents().acknowledge(event.ack(), nowMs), context);
    } else if (event.beat() != null) {
      hear(event.shard(), event.beat(), nowMs);
    } else if (event.complete() != null) {
      state.completing().put(event.complete().version(), event.complete());
    }
    settle(event.shard(), context);
  }

  private void take(PassageVectors record, boolean again, Context context) {
    state.republished().name(new VersionedDocument(record.version(), record.document()));
    long nowMs = context.timerService().currentProcessingTime();
    DocumentShard.Accepted accepted = state.documents().accept(record, again, nowMs);
    announce(record.shard(), accepted.flip(), context);
    if (accepted.lacking() && !again) { // a republication may name what it cannot tell
      lose(record.shard(), context);
    }
  }

  private void hear(int shard, CountedBeat beat, long nowMs) {
    numbers.heard(shard, nowMs);
    heard.put(shard, beat.position());
    Instant through = beat.heartbeat() == null ? null : state.beats().add(beat.heartbeat());
    if (through != null) {
      state.publishedThrough().put(shard, through);
    }
  }

  /** A record was lost: nothing is claimed of the shard until it was published again. */
  private void lose(int shard, Context context) {
    state.republished().lose(shard);
    if (state.doubt().lose(shard, context.timerService().currentProcessingTime())) {
      state.publishedThrough().remove(shard);
      context.output(NEWS, ShardNews.of(ShardFreshness.unknown(shard)));
    }
    ask(shard, context);
    walkSoon(context);
  }

  private void ask(int shard, Context context) {
    long nowMs = context.timerService().currentProcessingTime();
    RepublicationRequest request =
        state.doubt().ask(shard, state.republished().isUnderWay(), nowMs);
    if (request != null) {
      numbers.askedAgain();
      context.output(
          REQUESTS,
          OutboundRecord.byKey(
              Integer.toString(shard).getBytes(StandardCharsets.UTF_8),
              Codecs.REPUBLICATION_REQUEST.encode(request)));
    }
    Long lookAtMs = state.doubt().lookAtMs(shard);
    if (lookAtMs != null) {
      context.timerService().registerProcessingTimeTimer(lookAtMs);
    }
  }

  private void round(ShardRound round, Context context) {
    if (state.republished().take(round)) {
      state.forgetCompleting(); // counts only if the end says it again
      for (int version : round.complete()) {
        if (!state.ended().contains(round.shard(), version)) {
          state.completing().put(version, new ShardComplete(version, round.shard()));
        }
      }
      state.doubt().repair(round.shard());
      walkSoon(context);
    }
  }

  @Override
  public void processElement2(Lookup lookup, Context context, Collector<Found> out) {
    List<FoundPassage> found = new ArrayList<>();
    for (Hash128 uid : lookup.uids()) {
      FoundPassage passage =
          state
              .documents()
              .find(
                  new VersionedPassage(lookup.version(), uid),
                  lookup.stampedMs(),
                  lookup.throughMs());
      if (passage != null) {
        found.add(passage);
      }
    }
    numbers.lookedUp(lookup.uids().size() - found.size());
    out.collect(new Found(lookup.request(), lookup.deadlineMs(), lookup.shard(), found));
  }

  private void retire(int shard, EndedIndexes more, Context context) {
    for (int version : state.retired().add(shard, more)) {
      live.forget(shard, version);
      state.documents().staged().retire(shard, version);
      state.completing().remove(version);
      walkSoon(context);
    }
  }

  /** Forgets a slice of what is over, or was not named again; asks again for what was lost. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Found> out) {
    state.documents().forget(timestamp);
    int shard = shards.ofKey(context.getCurrentKey());
    boolean more = state.retired().forgetSome(shard);
    more |= state.republished().sweepSome(shard, document -> remove(shard, document, context));
    if (more) {
      walkSoon(context);
    }
    if (!state.doubt().isNone(shard)) {
      ask(shard, context);
    }
    settle(shard, context);
  }

  private void remove(int shard, VersionedDocument document, Context context) {
    long nowMs = context.timerService().currentProcessingTime();
    if (!state.ended().contains(shard, document.version())) { // else it goes with its version
      announce(shard, state.documents().remove(shard, document, nowMs), context);
    }
  }

  private static void walkSoon(Context context) {
    TimerService timers = context.timerService();
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + 1);
  }

  /**
   * Passes on what was said when the last staged revision had not become current yet: that a
   * version is complete when its own are, how fresh the shard is when all are.
   */
  private void settle(int shard, Context context) {
    boolean isSettled = state.documents().staged().isSettled(shard);
    // all that a republication brought is current, and all that it did not name is gone
    if (!state.doubt().isNone(shard)
        && !(isSettled && state.republished().isSwept() && state.doubt().settle(shard))) {
      return;
    }
    complete(shard, context);
    Instant through = isSettled ? state.publishedThrough().get(shard) : null;
    if (through != null) {
      // answers still see what a republication has not named and is about to take away
      BeatPosition settled = state.republished().isSweeping() ? null : heard.get(shard);
      context.output(NEWS, ShardNews.of(new ShardFreshness(shard, through, settled)));
      state.documents().said(shard, through.toEpochMilli());
      state.publishedThrough().remove(shard);
    }
  }

  private void complete(int shard, Context context) {
    if (state.completing().isEmpty()) {
      return;
    }
    List<ShardComplete> settled = new ArrayList<>();
    for (var all = state.completing().entries(); all.hasNext(); ) {
      ShardComplete complete = all.next().getValue();
      if (state.documents().staged().isSettled(shard, complete.version())) {
        settled.add(complete);
      }
    }
    for (ShardComplete complete : settled) {
      context.output(NEWS, ShardNews.of(complete));
      state.completing().remove(complete.version());
    }
  }

  private void announce(int shard, @Nullable Flip flip, Context context) {
    if (flip == null) {
      return;
    }
    long nowMs = context.timerService().currentProcessingTime();
    // whole seconds, so that many revisions share a timer
    long forgetMs = (nowMs + SupersededRevisions.KEPT_MS) / 1000 * 1000 + 1000;
    context.timerService().registerProcessingTimeTimer(forgetMs);
    DocumentStatus status = flip.status(nowMs);
    numbers.served(nowMs - status.progress().readAt().toEpochMilli());
    live.add(shard, flip.document().version(), status.changes().growth());
    context.output(
        STATUS,
        OutboundRecord.byKey(
            status.id().getBytes(StandardCharsets.UTF_8), Codecs.DOCUMENT_STATUS.encode(status)));
  }
}
