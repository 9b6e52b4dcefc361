package io.realmstream.model.learning.live;

import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live passages by document trunk: all of them in keyed state, and on the heap what passes
 * need. Records of every version with a trunk are taken alike, since what they say of a document is
 * the same; the last one counts.
 *
 * <p>All but {@link #of} and the sizes is about the shard whose key is current.
 */
public final class LivePassages {
  private final Tables tables;
  private final int passagesMax;
  private final Map<TrunkPassage, LivePassage> live = new HashMap<>();

  /** Elements of an output, by trunk; the first output decides. */
  private final Map<Hash128, Integer> dimensions = new HashMap<>();

  private long leftOut;

  /** Whether a passage may be lacking because it was left out. */
  private boolean leavesOut;

  /**
   * State, by document shard.
   *
   * @param documents live documents
   * @param passages live passages, at most {@code passagesMax}: text and 4 bytes a dimension
   * @param sentences of the passages: 4 bytes a dimension each
   */
  public record Tables(
      Table<TrunkDocument, LearnedDocument> documents,
      Table<TrunkPassage, LearnedPassage> passages,
      Table<TrunkPassage, SentenceOutputs> sentences) {}

  /**
   * @param passagesMax later ones are left out
   */
  public LivePassages(Tables tables, int passagesMax) {
    this.tables = tables;
    this.passagesMax = passagesMax;
  }

  /** Takes up what a restored state says of a shard. */
  public void load(int shard) {
    tables
        .passages()
        .entries()
        .forEachRemaining(
            entry -> {
              TrunkPassage key = entry.getKey();
              dimensions.putIfAbsent(key.trunk(), entry.getValue().trunk().length);
              SentenceOutputs sentences = tables.sentences().get(key);
              live.put(key, LivePassage.of(key.uid(), shard, entry.getValue(), sentences));
            });
    leavesOut |= live.size() >= passagesMax;
  }

  /**
   * Takes a record.
   *
   * @return whether it names a passage that never came, though none was left out
   */
  public boolean take(PassageVectors record) {
    if (record.revision().outcome() == Outcome.DELETED) {
      for (Hash128 trunk : dimensions.keySet()) {
        delete(new TrunkDocument(trunk, record.document()), record);
      }
      return false;
    }
    Hash128 trunk = trunk(record);
    if (trunk != null) {
      return take(new TrunkDocument(trunk, record.document()), record);
    }
    for (Hash128 known : dimensions.keySet()) {
      TrunkDocument key = new TrunkDocument(known, record.document());
      if (isOf(key, record)) {
        take(key, record);
      }
    }
    return false;
  }

  /** The passages of a trunk by uid, each with its sentences if they are of that query trunk. */
  public List<LivePassage> of(Hash128 trunk, Hash128 queryTrunk) {
    List<LivePassage> passages = new ArrayList<>();
    live.forEach(
        (key, passage) -> {
          if (key.trunk().equals(trunk)) {
            passages.add(passage.behind(queryTrunk));
          }
        });
    passages.sort(Comparator.comparing(LivePassage::uid));
    return passages;
  }

  /** The text of a passage; null = it is live no more. */
  public @Nullable String text(TrunkPassage key) {
    LearnedPassage passage = tables.passages().get(key);
    return passage == null ? null : passage.text();
  }

  /**
   * Its sentences were embedded.
   *
   * @return whether the passage is still live
   */
  public boolean embedded(TrunkPassage key, SentenceOutputs sentences) {
    LivePassage before = live.get(key);
    LearnedPassage passage = tables.passages().get(key);
    if (before == null || passage == null) {
      return false;
    }
    tables.sentences().put(key, sentences);
    live.put(key, LivePassage.of(key.uid(), before.shard(), passage, sentences));
    return true;
  }

  /** Forgets the shard's passages of those trunks. */
  public void forget(Set<Hash128> trunks) {
    List<TrunkDocument> gone = new ArrayList<>();
    tables
        .documents()
        .keys()
        .forEachRemaining(
            document -> {
              if (trunks.contains(document.trunk())) {
                gone.add(document);
              }
            });
    gone.forEach(this::forget);
  }

  /** How many passages there are. */
  public int size() {
    return live.size();
  }

  /** How often a passage was left out, because there were too many or nothing is to be learned. */
  public long leftOut() {
    return leftOut;
  }

  /** The trunk whose outputs a record tells; null = it tells none. */
  public static @Nullable Hash128 trunk(PassageVectors record) {
    for (PassageInsert insert : record.inserts()) {
      PassageTrunk trunk = insert.trunk();
      if (trunk != null) {
        return trunk.digest();
      }
    }
    return null;
  }

  /** Whether a record without inserts is about passages of that trunk; some may be left out. */
  private boolean isOf(TrunkDocument key, PassageVectors record) {
    return record.inserts().isEmpty()
        && tables.documents().contains(key)
        && (record.manifest().isEmpty()
            || record.manifest().stream()
                .anyMatch(entry -> tables.passages().contains(passage(key, entry.uid()))));
  }

  private boolean take(TrunkDocument key, PassageVectors record) {
    LearnedDocument before = tables.documents().get(key);
    if (before != null && record.revision().number() < before.revision()) {
      return false;
    }
    List<Hash128> had = before == null ? List.of() : before.passages();
    Set<Hash128> came = new HashSet<>(before == null ? List.of() : before.staged());
    for (PassageInsert insert : record.inserts()) {
      if (put(key, record, insert)) {
        came.add(insert.uid());
      }
    }
    if (!record.part().commits()) {
      List<Hash128> staged = came.stream().sorted().toList();
      long revision = before == null ? Long.MIN_VALUE : before.revision();
      tables.documents().put(key, new LearnedDocument(revision, had, staged));
      return false;
    }
    came.addAll(had);
    return commit(key, record, came);
  }

  private boolean commit(TrunkDocument key, PassageVectors record, Set<Hash128> came) {
    Set<Hash128> named = new HashSet<>();
    record.manifest().forEach(entry -> named.add(entry.uid()));
    List<Hash128> kept = came.stream().filter(named::contains).sorted().toList();
    came.stream().filter(uid -> !named.contains(uid)).forEach(uid -> remove(passage(key, uid)));
    tables.documents().put(key, new LearnedDocument(record.revision().number(), kept, List.of()));
    return kept.size() < named.size() && !leavesOut;
  }

  private boolean put(TrunkDocument document, PassageVectors record, PassageInsert insert) {
    PassageTrunk trunk = insert.trunk();
    TrunkPassage key = passage(document, insert.uid());
    if (live.containsKey(key)) {
      return true; // a new version says once more what is known
    }
    if (trunk == null || live.size() >= passagesMax || !isFit(trunk)) {
      leftOut++;
      leavesOut = true;
      return false;
    }
    LearnedPassage passage =
        new LearnedPassage(
            record.document(), record.revision().title(), insert.text(), trunk.output());
    tables.passages().put(key, passage);
    live.put(key, LivePassage.of(insert.uid(), record.shard(), passage, null));
    return true;
  }

  /** A stranger's record may have an output of another dimension, or one without a direction. */
  private boolean isFit(PassageTrunk trunk) {
    int length = trunk.output().length;
    for (float element : trunk.output()) {
      if (element != 0) {
        return dimensions.computeIfAbsent(trunk.digest(), any -> length) == length;
      }
    }
    return false;
  }

  private void delete(TrunkDocument key, PassageVectors record) {
    LearnedDocument before = tables.documents().get(key);
    if (before != null && before.revision() <= record.revision().number()) {
      forget(key);
    }
  }

  private void forget(TrunkDocument key) {
    LearnedDocument document = tables.documents().get(key);
    if (document != null) {
      document.passages().forEach(uid -> remove(passage(key, uid)));
      document.staged().forEach(uid -> remove(passage(key, uid)));
      tables.documents().remove(key);
    }
  }

  private void remove(TrunkPassage key) {
    tables.passages().remove(key);
    tables.sentences().remove(key);
    live.remove(key);
  }

  private static TrunkPassage passage(TrunkDocument document, Hash128 uid) {
    return new TrunkPassage(document.trunk(), uid);
  }
}
