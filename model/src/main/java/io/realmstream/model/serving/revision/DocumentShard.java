package io.realmstream.model.serving.revision;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.SupersededRevisions.Replaced;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one truth of a shard's documents: which revision answers see, and which one is on its way.
 *
 * <p>A revision arrives as texts and a manifest. The manifest is <i>staged</i> until the cells have
 * acknowledged every passage that it names; then it becomes <i>current</i> in one step. A newer
 * revision takes the place of a staged one. So an answer quotes one revision of a document, whole,
 * and goes on quoting the old one until the new one can be found.
 *
 * <p>State, all tables of one shard and with one entry for each
 *
 * <ul>
 *   <li>{@code current}: live document and version;
 *   <li>{@code missing}: document with a revision on its way, see {@link StagedRevisions}; how many
 *       of its passages are {@code awaited};
 *   <li>{@code tombstones}: deleted document, for a time to live.
 * </ul>
 *
 * <p>and the state of {@link StagedRevisions}, {@link HeldTexts} and, for a moment, what was
 * before: {@link SupersededRevisions}.
 */
public final class DocumentShard {
  private final Table<VersionedDocument, Manifest> current;
  private final StagedRevisions staged;
  private final Table<VersionedDocument, Integer> missing;
  private final Table<VersionedDocument, DocumentState> tombstones;
  private final HeldTexts texts;
  private final Table<VersionedPassage, Boolean> awaited;
  private final SupersededRevisions superseded;

  /** What it has in tables of its own; see the class comment. */
  public record Tables(
      Table<VersionedDocument, Manifest> current,
      Table<VersionedDocument, Integer> missing,
      Table<VersionedPassage, Boolean> awaited,
      Table<VersionedDocument, DocumentState> tombstones) {}

  public DocumentShard(
      Tables tables, StagedRevisions staged, HeldTexts texts, SupersededRevisions superseded) {
    current = tables.current();
    missing = tables.missing();
    awaited = tables.awaited();
    tombstones = tables.tombstones();
    this.staged = staged;
    this.texts = texts;
    this.superseded = superseded;
  }

  /** All of it, to be forgotten by version. */
  public List<Table<? extends Versioned, ?>> tables() {
    List<Table<? extends Versioned, ?>> tables = new ArrayList<>(superseded.tables());
    tables.addAll(texts.tables());
    tables.addAll(List.of(current, staged.table(), missing, tombstones, awaited));
    return tables;
  }

  /** Where documents are held. */
  public List<Table<VersionedDocument, ?>> documents() {
    return List.of(current, staged.table(), texts.documents());
  }

  public StagedRevisions staged() {
    return staged;
  }

  /**
   * What became of a record.
   *
   * @param flip the revision that it made current, if any
   * @param lacking whether it names a passage whose text never came: a record was lost before it
   */
  public record Accepted(@Nullable Flip flip, boolean lacking) {
    static final Accepted NOTHING = new Accepted(null, false);
    static final Accepted LACKING = new Accepted(null, true);
  }

  /**
   * Takes in a record of the vectors topic.
   *
   * @param again whether it may say what is known, and then says nothing new
   */
  public Accepted accept(PassageVectors record, boolean again, long nowMs) {
    VersionedDocument document = new VersionedDocument(record.version(), record.document());
    DocumentState state = Manifest.of(record).state();
    boolean isKnown = again && !staged.contains(document) && state.equals(served(document));
    boolean isOlder = state.compareTo(known(document)) < 0;
    if (isKnown || isOlder || repeatsCurrent(document, record)) {
      return Accepted.NOTHING;
    }
    texts.hold(document, record);
    if (!record.part().commits()) {
      return Accepted.NOTHING;
    }
    // never staged: it would wait for ever, and hold up all that waits for it
    return texts.lacks(record, newest(document))
        ? Accepted.LACKING
        : new Accepted(stage(record.shard(), document, Manifest.of(record), nowMs), false);
  }

  /** A document is gone, and nobody knows since when; returns what that changed, if anything. */
  public @Nullable Flip remove(int shard, VersionedDocument document, long nowMs) {
    unstage(shard, document);
    Manifest before = current.get(document);
    var departed = texts.forgetAllBut(document, Manifest.NOTHING);
    superseded.add(shard, new Replaced(document, before, departed), nowMs);
    current.remove(document);
    return before == null ? null : new Flip(document, before, before.gone());
  }

  /** Takes in a cell's acknowledgement; returns the revision that it made current, if any. */
  public @Nullable Flip acknowledge(Ack ack, long nowMs) {
    VersionedDocument document = new VersionedDocument(ack.version(), ack.document());
    VersionedPassage passage = new VersionedPassage(ack.version(), ack.uid());
    if (!texts.contains(passage) && ack.state().compareTo(served(document)) <= 0) {
      return null; // the passage has come and gone
    }
    texts.acknowledge(passage, ack);
    if (!awaited.contains(passage) || !texts.isIndexed(passage)) {
      return null;
    }
    awaited.remove(passage);
    Integer count = missing.get(document);
    if (count == null) {
      throw new IllegalStateException("awaited passage without a staged manifest: " + passage);
    }
    if (count > 1) {
      missing.put(document, count - 1);
      return null;
    }
    return flip(ack.documentShard(), document, nowMs);
  }

  /** Forgets what was current a while before now. */
  public void forget(long nowMs) {
    superseded.forget(nowMs);
  }

  /** Notes through which Kafka timestamp the shard has said to be fresh. */
  public void said(int shard, long throughMs) {
    superseded.said(shard, throughMs);
  }

  /**
   * The passage as the manifest has it that a question sees; null = in none.
   *
   * @param stampedMs when the question was stamped
   * @param throughMs the Kafka timestamp through which its answer may claim to be fresh
   */
  public @Nullable FoundPassage find(VersionedPassage passage, long stampedMs, long throughMs) {
    StoredPassage held = texts.get(passage);
    StoredPassage stored = held == null ? superseded.text(passage) : held;
    if (stored == null) {
      return null;
    }
    VersionedDocument document = new VersionedDocument(passage.version(), stored.document());
    Manifest manifest = superseded.at(document, stampedMs, throughMs, current.get(document));
    if (manifest == null) {
      return null;
    }
    for (ManifestEntry entry : manifest.entries()) {
      if (entry.uid().equals(passage.uid())) {
        return new FoundPassage(
            passage.uid(),
            stored.contentHash(),
            new QuotedPassage(
                stored.document(),
                manifest.revision().title(),
                stored.text(),
                manifest.revision().number(),
                manifest.revision().times().eventTime(),
                entry.start(),
                entry.end(),
                manifest.revision().provenance()));
      }
    }
    return null;
  }

  private @Nullable Flip stage(
      int shard, VersionedDocument document, Manifest manifest, long nowMs) {
    unstage(shard, document);
    int count = 0;
    for (ManifestEntry entry : manifest.entries()) {
      VersionedPassage passage = new VersionedPassage(document.version(), entry.uid());
      if (!texts.isIndexed(passage)) {
        awaited.put(passage, true);
        count++;
      }
    }
    staged.put(shard, document, manifest);
    missing.put(document, count);
    return count == 0 ? flip(shard, document, nowMs) : null;
  }

  private void unstage(int shard, VersionedDocument document) {
    Manifest waiting = staged.get(document);
    if (waiting != null) {
      for (ManifestEntry entry : waiting.entries()) {
        awaited.remove(new VersionedPassage(document.version(), entry.uid()));
      }
      staged.remove(shard, document);
      missing.remove(document);
    }
  }

  private Flip flip(int shard, VersionedDocument document, long nowMs) {
    Manifest now = Objects.requireNonNull(staged.get(document));
    Manifest before = current.get(document);
    staged.remove(shard, document);
    missing.remove(document);
    var departed = texts.forgetAllBut(document, now);
    superseded.add(shard, new Replaced(document, before, departed), nowMs);
    if (now.revision().outcome() == Outcome.DELETED) {
      current.remove(document);
      tombstones.put(document, now.state());
    } else {
      current.put(document, now);
      tombstones.remove(document);
    }
    return new Flip(document, before, now);
  }

  /** A restarted updater repeats what it published; only a repeated edit is worth an answer. */
  private boolean repeatsCurrent(VersionedDocument document, PassageVectors record) {
    if (record.revision().outcome() == Outcome.UNCHANGED || staged.contains(document)) {
      return false;
    }
    Manifest now = current.get(document);
    return now == null
        ? Manifest.of(record).state().equals(served(document))
        : record.part().commits() && Manifest.of(record).repeats(now);
  }

  /** The newest revision that came whole. */
  private @Nullable Manifest newest(VersionedDocument document) {
    Manifest next = staged.get(document);
    return next == null ? current.get(document) : next;
  }

  private DocumentState known(VersionedDocument document) {
    Manifest next = staged.get(document);
    return next == null ? served(document) : next.state();
  }

  private DocumentState served(VersionedDocument document) {
    Manifest manifest = current.get(document);
    if (manifest != null) {
      return manifest.state();
    }
    DocumentState deleted = tombstones.get(document);
    return deleted == null ? DocumentState.NONE : deleted;
  }
}
