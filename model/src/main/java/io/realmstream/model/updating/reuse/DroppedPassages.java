package io.realmstream.model.updating.reuse;

import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Value;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reuse cache of one shard: trunk outputs of passages that documents have lost lately. A
 * revert, a page that comes back after it was blanked or deleted, a passage that returns: none of
 * them runs the transformer again.
 *
 * <p>It is kept by document, not by text alone: the text's hash covers the title, so that another
 * document hardly ever has the same, and a document's shard is where its edits are.
 *
 * <p>Bounded in passages a document, passages a shard and time: the document that dropped something
 * longest ago is forgotten first.
 */
public final class DroppedPassages {
  /** About the passages of a page of 40,000 words; read and written as one value. */
  static final int DOCUMENT_PASSAGES_MAX = 256;

  private static final DroppedEnds EMPTY = new DroppedEnds(0, 0, 0);

  private final Table<String, DroppedDocument> documents;
  private final Table<Long, String> order;
  private final Value<DroppedEnds> ends;
  private final ReuseLimits limits;
  private final LongSupplier clockMs;

  /**
   * Over the tables of one shard.
   *
   * @param clockMs tells the time in ms
   */
  public DroppedPassages(Tables tables, ReuseLimits limits, LongSupplier clockMs) {
    this.documents = tables.documents();
    this.order = tables.order();
    this.ends = tables.ends();
    this.limits = limits;
    this.clockMs = clockMs;
  }

  /**
   * State.
   *
   * @param documents by id; as many passages as the limits allow, 4 bytes a dimension each
   * @param order their ids by sequence
   * @param ends which sequences are in use
   */
  public record Tables(
      Table<String, DroppedDocument> documents,
      Table<Long, String> order,
      Value<DroppedEnds> ends) {}

  /** What a document has lost under a trunk, by uid. */
  public Map<Hash128, TrunkOutput> of(String id, Hash128 trunk) {
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
  public void change(String id, List<DroppedPassage> lost, Collection<TrunkKey> gained) {
    DroppedDocument before = documents.get(id);
    List<DroppedPassage> passages = new ArrayList<>(lost);
    if (before != null && !isExpired(before)) {
      passages.addAll(before.passages());
    }
    passages.removeIf(passage -> gained.contains(passage.key()));
    if (lost.isEmpty() && (before == null || passages.size() == before.passages().size())) {
      return;
    }
    int kept = Math.min(passages.size(), Math.min(DOCUMENT_PASSAGES_MAX, limits.passagesMax()));
    remove(id, before);
    if (kept > 0) {
      add(id, List.copyOf(passages.subList(0, kept)));
    }
    forgetOldest();
  }

  /** Drops what is kept of the passages that a document no longer has. */
  public void forget(String id) {
    remove(id, documents.get(id));
  }

  private void add(String id, List<DroppedPassage> passages) {
    DroppedEnds now = ends();
    order.put(now.next(), id);
    documents.put(id, new DroppedDocument(now.next(), clockMs.getAsLong(), passages));
    ends.set(new DroppedEnds(now.first(), now.next() + 1, now.passages() + passages.size()));
  }

  private void remove(String id, @Nullable DroppedDocument document) {
    if (document != null) {
      DroppedEnds now = ends();
      order.remove(document.sequence());
      documents.remove(id);
      ends.set(
          new DroppedEnds(now.first(), now.next(), now.passages() - document.passages().size()));
    }
  }

  private void forgetOldest() {
    for (DroppedEnds now = ends(); now.first() < now.next(); now = ends()) {
      String id = order.get(now.first());
      DroppedDocument oldest = id == null ? null : documents.get(id);
      if (id != null && oldest != null) {
        if (now.passages() <= limits.passagesMax() && !isExpired(oldest)) {
          return;
        }
        remove(id, oldest);
      }
      ends.set(new DroppedEnds(now.first() + 1, now.next(), ends().passages()));
    }
  }

  private boolean isExpired(DroppedDocument document) {
    return clockMs.getAsLong() - document.droppedAt() > limits.ttl().toMillis();
  }

  private DroppedEnds ends() {
    DroppedEnds now = ends.get();
    return now == null ? EMPTY : now;
  }
}
