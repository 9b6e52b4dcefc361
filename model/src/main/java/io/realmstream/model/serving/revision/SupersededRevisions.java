package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Queues;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * <p>State, each entry for {@value #KEPT_MS} ms: {@code superseded}, one entry a revision that was
 * replaced, and {@code superseded-ends}, one a document and version that has changed; {@code
 * departed}, the texts that the changes took away. And {@code said}, one number a shard.
 */
public final class SupersededRevisions {
  public static final long KEPT_MS = 10_000;

  private final Table<VersionedDocument, Queues.Ends> ends;
  private final Table<SupersededPlace, SupersededRevision> superseded;
  private final Queues<VersionedDocument, SupersededPlace, SupersededRevision> queues;
  private final Table<VersionedPassage, DepartedPassage> departed;
  private final Table<Integer, Long> said;

  /** Of all revisions: a clock that goes back must not disorder them. */
  private long lastMs = Long.MIN_VALUE;

  /**
   * @param ends by document and version that has changed
   * @param superseded by replaced revision
   * @param departed the texts that the changes took away
   * @param said by shard
   */
  public SupersededRevisions(
      Table<VersionedDocument, Queues.Ends> ends,
      Table<SupersededPlace, SupersededRevision> superseded,
      Table<VersionedPassage, DepartedPassage> departed,
      Table<Integer, Long> said) {
    this.ends = ends;
    this.superseded = superseded;
    this.departed = departed;
    this.said = said;
    queues = new Queues<>(ends, superseded, SupersededPlace::new);
  }

  /**
   * For how long after its stamp a question finds all that was current then, in the cells and here.
   * Half of what both keep it for: both times begin when another revision has become current, and
   * by the other half the clock that stamps may differ from theirs.
   *
   * @param deleteDelay how long a removed passage stays in its cell once answers see that it was
   *     removed
   */
  public static Duration known(Duration deleteDelay) {
    return Duration.ofMillis(Math.min(KEPT_MS, deleteDelay.toMillis()) / 2);
  }

  /** All of it, to be forgotten by version. */
  List<Table<? extends Versioned, ?>> tables() {
    return List.of(superseded, ends, departed);
  }

  /** Notes that the shard has said to be fresh through that Kafka timestamp. */
  void said(int shard, long throughMs) {
    Long before = said.get(shard);
    if (before == null || before < throughMs) {
      said.put(shard, throughMs);
    }
  }

  /**
   * What is replaced in a document.
   *
   * @param before the revision that was current; null = none
   * @param texts those that go away with it
   */
  record Replaced(
      VersionedDocument document, @Nullable Manifest before, Map<Hash128, StoredPassage> texts) {}

  /** Notes that another revision becomes current now. */
  void add(int shard, Replaced replaced, long nowMs) {
    VersionedDocument document = replaced.document();
    Map<Hash128, StoredPassage> texts = replaced.texts();
    lastMs = Math.max(lastMs, nowMs);
    Long through = said.get(shard);
    long number =
        queues.add(
            document,
            new SupersededRevision(
                replaced.before(),
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
  @Nullable StoredPassage text(VersionedPassage passage) {
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
  void forget(long nowMs) {
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
  private void forget(VersionedDocument document, List<VersionedPassage> gone) {
    long first = queues.first(document);
    for (VersionedPassage passage : gone) {
      DepartedPassage last = departed.get(passage);
      if (last != null && last.number() < first) {
        departed.remove(passage);
      }
    }
  }
}
