package io.realmstream.jobs.retriever;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.state.Queues;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What a shard's documents were a moment ago. A question meets the cells before it meets the
 * manifests: were a revision to become current between the two, its passages would not have been
 * found yet and those of the one before would stand no more. So each question sees every document
 * as it was when the question was stamped; the cells still have all that was current then.
 *
 * <p>The clocks of whoever stamps and of this shard may differ. So a revision is seen no more once
 * the shard had said, before another became current, less than the question's answer will claim:
 * that claim may speak of the other one.
 *
 * <p>State, each entry for {@value #KEPT_MS} ms, longer than a question takes from the cells to
 * here: {@code superseded}, one entry a revision that was replaced, and {@code superseded-ends},
 * one a document and version that has changed; {@code departed}, the texts that the changes took
 * away. And {@code said}, one number a shard.
 */
final class SupersededRevisions {
  static final long KEPT_MS = 2_000;

  private final StateTable<VersionedDocument, Queues.Ends> ends;
  private final StateTable<SupersededPlace, SupersededRevision> superseded;
  private final Queues<VersionedDocument, SupersededPlace, SupersededRevision> queues;
  private final MapState<VersionedPassage, DepartedPassage> departed;
  private final ValueState<Long> said;

  /** Of all revisions: a clock that goes back must not disorder them. */
  private long lastMs = Long.MIN_VALUE;

  SupersededRevisions(RuntimeContext context) {
    ends = StateTable.of(context, "superseded-ends", VersionedDocument.class, Queues.Ends.class);
    superseded =
        StateTable.of(context, "superseded", SupersededPlace.class, SupersededRevision.class);
    queues = new Queues<>(ends, superseded, SupersededPlace::new);
    departed =
        context.getMapState(
            new MapStateDescriptor<>("departed", VersionedPassage.class, DepartedPassage.class));
    said = context.getState(new ValueStateDescriptor<>("said", Long.class));
  }

  /** All of it, to be forgotten by version. */
  List<MapState<? extends Versioned, ?>> maps() {
    return List.of(superseded.state(), ends.state(), departed);
  }

  /** Notes that the shard has said to be fresh through that Kafka timestamp. */
  void said(long throughMs) throws Exception {
    Long before = said.value();
    if (before == null || before < throughMs) {
      said.update(throughMs);
    }
  }

  /** Notes that another revision becomes current now, and which texts go away with it. */
  void add(
      VersionedDocument document,
      @Nullable Manifest before,
      long nowMs,
      Map<Hash128, StoredPassage> texts)
      throws Exception {
    lastMs = Math.max(lastMs, nowMs);
    Long through = said.value();
    long number =
        queues.add(
            document,
            new SupersededRevision(
                before,
                lastMs,
                new ArrayList<>(texts.keySet()),
                through == null ? Long.MIN_VALUE : through));
    for (Map.Entry<Hash128, StoredPassage> text : texts.entrySet()) {
      departed.put(
          new VersionedPassage(document.version(), text.getKey()),
          new DepartedPassage(text.getValue(), number));
    }
  }

  /** The text of a passage that went away; null = there was none. */
  @Nullable StoredPassage text(VersionedPassage passage) throws Exception {
    DepartedPassage gone = departed.get(passage);
    return gone == null ? null : gone.text();
  }

  /**
   * The revision that was current at some time, in ms; one that became so in that very millisecond
   * does not count.
   *
   * @param throughMs the Kafka timestamp through which the answer may claim to be fresh
   * @param current the one that is now
   */
  @Nullable Manifest at(
      VersionedDocument document, long timeMs, long throughMs, @Nullable Manifest current) {
    SupersededRevision then =
        queues.first(
            document, revision -> timeMs <= revision.untilMs() && throughMs <= revision.saidMs());
    return then == null ? current : then.manifest();
  }

  /** Forgets what is old. */
  void forget(long nowMs) throws Exception {
    List<VersionedDocument> documents = new ArrayList<>();
    ends.keys().forEachRemaining(documents::add);
    List<VersionedPassage> gone = new ArrayList<>();
    for (VersionedDocument document : documents) {
      queues.removeWhile(
          document,
          (number, revision) -> {
            boolean old = revision.untilMs() + KEPT_MS <= nowMs;
            if (old) {
              revision
                  .departed()
                  .forEach(uid -> gone.add(new VersionedPassage(document.version(), uid)));
            }
            return old;
          });
      forget(document, gone);
      gone.clear();
    }
  }

  /** What has departed once more since stays. */
  private void forget(VersionedDocument document, List<VersionedPassage> gone) throws Exception {
    long first = queues.first(document);
    for (VersionedPassage passage : gone) {
      DepartedPassage last = departed.get(passage);
      if (last != null && last.number() < first) {
        departed.remove(passage);
      }
    }
  }
}
