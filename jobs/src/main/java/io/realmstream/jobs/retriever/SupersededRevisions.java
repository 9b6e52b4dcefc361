package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * here: {@code superseded}, one entry a document and version that has changed; {@code departed},
 * the texts that the changes took away. And {@code said}, one number a shard.
 */
final class SupersededRevisions {
  static final long KEPT_MS = 2_000;

  private final MapState<VersionedDocument, Superseded> superseded;
  private final MapState<VersionedPassage, StoredPassage> departed;
  private final ValueState<Long> said;

  SupersededRevisions(RuntimeContext context) {
    superseded =
        context.getMapState(
            new MapStateDescriptor<>("superseded", VersionedDocument.class, Superseded.class));
    departed =
        context.getMapState(
            new MapStateDescriptor<>("departed", VersionedPassage.class, StoredPassage.class));
    said = context.getState(new ValueStateDescriptor<>("said", Long.class));
  }

  /** All of it, to be forgotten by version. */
  List<MapState<? extends Versioned, ?>> maps() {
    return List.of(superseded, departed);
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
    Superseded known = superseded.get(document);
    List<SupersededRevision> revisions =
        known == null ? new ArrayList<>() : new ArrayList<>(known.revisions());
    Long through = said.value();
    revisions.add(
        new SupersededRevision(
            before,
            nowMs,
            new ArrayList<>(texts.keySet()),
            through == null ? Long.MIN_VALUE : through));
    superseded.put(document, new Superseded(revisions));
    for (Map.Entry<Hash128, StoredPassage> text : texts.entrySet()) {
      departed.put(new VersionedPassage(document.version(), text.getKey()), text.getValue());
    }
  }

  /** The text of a passage that went away; null = there was none. */
  @Nullable StoredPassage text(VersionedPassage passage) throws Exception {
    return departed.get(passage);
  }

  /**
   * The revision that was current at some time, in ms; one that became so in that very millisecond
   * does not count.
   *
   * @param throughMs the Kafka timestamp through which the answer may claim to be fresh
   * @param current the one that is now
   */
  @Nullable Manifest at(
      VersionedDocument document, long timeMs, long throughMs, @Nullable Manifest current)
      throws Exception {
    Superseded known = superseded.get(document);
    if (known != null) {
      for (SupersededRevision revision : known.revisions()) {
        if (timeMs <= revision.untilMs() && throughMs <= revision.saidMs()) {
          return revision.manifest();
        }
      }
    }
    return current;
  }

  /** Forgets what is old. */
  void forget(long nowMs) throws Exception {
    List<VersionedDocument> documents = new ArrayList<>();
    superseded.keys().forEach(documents::add);
    for (VersionedDocument document : documents) {
      List<SupersededRevision> old = new ArrayList<>();
      List<SupersededRevision> kept = new ArrayList<>();
      for (SupersededRevision revision :
          Objects.requireNonNull(superseded.get(document)).revisions()) {
        (revision.untilMs() + KEPT_MS <= nowMs ? old : kept).add(revision);
      }
      if (!old.isEmpty()) {
        forget(document, old, kept);
      }
    }
  }

  private void forget(
      VersionedDocument document, List<SupersededRevision> old, List<SupersededRevision> kept)
      throws Exception {
    Set<Hash128> needed = new HashSet<>();
    kept.forEach(revision -> needed.addAll(revision.departed()));
    for (SupersededRevision revision : old) {
      for (Hash128 uid : revision.departed()) {
        if (!needed.contains(uid)) {
          departed.remove(new VersionedPassage(document.version(), uid));
        }
      }
    }
    if (kept.isEmpty()) {
      superseded.remove(document);
    } else {
      superseded.put(document, new Superseded(kept));
    }
  }
}
