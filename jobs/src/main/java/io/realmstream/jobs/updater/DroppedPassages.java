package io.realmstream.jobs.updater;

import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The reuse cache: trunk outputs of passages that documents have lost lately. A revert, a page that
 * comes back after it was blanked or deleted, a passage that returns: none of them runs the
 * transformer again. The Flink key is the document's shard.
 *
 * <p>It is kept by document, not by text alone: the text's hash covers the title, so that another
 * document hardly ever has the same, and a document's shard is where its edits are.
 *
 * <p>Bounded in passages a document, passages a shard and time: the document that dropped something
 * longest ago is forgotten first.
 */
final class DroppedPassages {
  /** About the passages of a page of 40,000 words; read and written as one value. */
  static final int DOCUMENT_PASSAGES_MAX = 256;

  private static final DroppedEnds EMPTY = new DroppedEnds(0, 0, 0);

  /** Documents by id; as many passages as the settings allow, 4 bytes a dimension each. */
  private final MapState<String, DroppedDocument> documents;

  /** Their ids by sequence. */
  private final MapState<Long, String> order;

  private final ValueState<DroppedEnds> ends;
  private final ReuseSettings settings;
  private final LongSupplier clockMs;

  DroppedPassages(RuntimeContext context, ReuseSettings settings, LongSupplier clockMs) {
    documents =
        context.getMapState(
            new MapStateDescriptor<>("dropped", String.class, DroppedDocument.class));
    order =
        context.getMapState(new MapStateDescriptor<>("dropped-order", Long.class, String.class));
    ends = context.getState(new ValueStateDescriptor<>("dropped-ends", DroppedEnds.class));
    this.settings = settings;
    this.clockMs = clockMs;
  }

  /** What a document has lost under a trunk, by uid. */
  Map<Hash128, TrunkOutput> of(String id, Hash128 trunk) throws Exception {
    Map<Hash128, TrunkOutput> outputs = new HashMap<>();
    DroppedDocument document = documents.get(id);
    if (document != null && !isExpired(document)) {
      for (DroppedPassage passage : document.passages()) {
        if (passage.key().trunk().equals(trunk)) {
          outputs.put(passage.key().uid(), passage.output());
        }
      }
    }
    return outputs;
  }

  /**
   * Notes what a revision has changed.
   *
   * @param lost passages that the document has no more
   * @param gained keys of those that it has again
   */
  void change(String id, List<DroppedPassage> lost, Collection<TrunkKey> gained) throws Exception {
    DroppedDocument before = documents.get(id);
    List<DroppedPassage> passages = new ArrayList<>(lost);
    if (before != null && !isExpired(before)) {
      passages.addAll(before.passages());
    }
    passages.removeIf(passage -> gained.contains(passage.key()));
    if (lost.isEmpty() && (before == null || passages.size() == before.passages().size())) {
      return;
    }
    int kept = Math.min(passages.size(), Math.min(DOCUMENT_PASSAGES_MAX, settings.passagesMax()));
    remove(id, before);
    if (kept > 0) {
      add(id, List.copyOf(passages.subList(0, kept)));
    }
    forgetOldest();
  }

  private void add(String id, List<DroppedPassage> passages) throws Exception {
    DroppedEnds now = ends();
    order.put(now.next(), id);
    documents.put(id, new DroppedDocument(now.next(), clockMs.getAsLong(), passages));
    ends.update(new DroppedEnds(now.first(), now.next() + 1, now.passages() + passages.size()));
  }

  private void remove(String id, @Nullable DroppedDocument document) throws Exception {
    if (document != null) {
      DroppedEnds now = ends();
      order.remove(document.sequence());
      documents.remove(id);
      ends.update(
          new DroppedEnds(now.first(), now.next(), now.passages() - document.passages().size()));
    }
  }

  private void forgetOldest() throws Exception {
    for (DroppedEnds now = ends(); now.first() < now.next(); now = ends()) {
      String id = order.get(now.first());
      DroppedDocument oldest = id == null ? null : documents.get(id);
      if (id != null && oldest != null) {
        if (now.passages() <= settings.passagesMax() && !isExpired(oldest)) {
          return;
        }
        remove(id, oldest);
      }
      ends.update(new DroppedEnds(now.first() + 1, now.next(), ends().passages()));
    }
  }

  private boolean isExpired(DroppedDocument document) {
    return clockMs.getAsLong() - document.droppedAt() > settings.ttl().toMillis();
  }

  private DroppedEnds ends() throws Exception {
    DroppedEnds now = ends.value();
    return now == null ? EMPTY : now;
  }
}
