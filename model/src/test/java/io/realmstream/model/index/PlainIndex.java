package io.realmstream.model.index;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle: keeps the newest record of every uid for ever, of an INSERT and a DELETE of one
 * sequence the later, and searches with a plain loop.
 */
final class PlainIndex {
  private record Newest(long sequence, boolean isDelete, int documentShard, float[] vector) {}

  private final Map<Hash128, Newest> newest = new HashMap<>();

  void insert(IndexEntry entry) {
    Newest old = newest.get(entry.uid());
    if (old == null
        || entry.sequence() > old.sequence
        || (entry.sequence() == old.sequence && old.isDelete)) {
      newest.put(
          entry.uid(), new Newest(entry.sequence(), false, entry.documentShard(), entry.vector()));
    }
  }

  void delete(Hash128 uid, long sequence) {
    Newest old = newest.get(uid);
    if (old == null || sequence >= old.sequence) {
      newest.put(uid, new Newest(sequence, true, 0, new float[0]));
    }
  }

  List<Hit> search(float[] query, int k) {
    List<Hit> hits = new ArrayList<>();
    newest.forEach(
        (uid, record) -> {
          if (!record.isDelete) {
            hits.add(new Hit(uid, record.documentShard, score(query, record.vector)));
          }
        });
    hits.sort(
        (left, right) -> {
          int byScore = Double.compare(right.score(), left.score());
          return byScore != 0 ? byScore : left.uid().compareTo(right.uid());
        });
    return hits.subList(0, Math.min(k, hits.size()));
  }

  /** The live entries in no particular order. */
  List<IndexEntry> live() {
    List<IndexEntry> live = new ArrayList<>();
    newest.forEach(
        (uid, record) -> {
          if (!record.isDelete) {
            live.add(new IndexEntry(uid, record.sequence, record.documentShard, record.vector));
          }
        });
    return live;
  }

  static double score(float[] query, float[] vector) {
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += (double) query[i] * vector[i];
    }
    return sum;
  }
}
