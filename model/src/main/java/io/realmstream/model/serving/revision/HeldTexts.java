package io.realmstream.model.serving.revision;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a shard's documents, of revisions that are current or on their way, and what the
 * cells have acknowledged of them.
 *
 * <p>State, by shard, one entry for each
 *
 * <ul>
 *   <li>{@code held}: document and version, the uids that {@code texts} has of it, of whatever
 *       revision;
 *   <li>{@code texts}, {@code indexed}: passage in a held revision; indexed is what the cells
 *       acknowledged last.
 * </ul>
 */
public final class HeldTexts {
  private final Table<VersionedDocument, HeldPassages> held;
  private final Table<VersionedPassage, StoredPassage> texts;
  private final Table<VersionedPassage, IndexedPassage> indexed;

  /**
   * @param held by document: the uids that it has texts of
   * @param texts by passage of a held revision
   * @param indexed by passage: what the cells acknowledged last
   */
  public HeldTexts(
      Table<VersionedDocument, HeldPassages> held,
      Table<VersionedPassage, StoredPassage> texts,
      Table<VersionedPassage, IndexedPassage> indexed) {
    this.held = held;
    this.texts = texts;
    this.indexed = indexed;
  }

  /** All of it, to be forgotten by version. */
  List<Table<? extends Versioned, ?>> tables() {
    return List.of(held, texts, indexed);
  }

  /** Where documents are held. */
  Table<VersionedDocument, ?> documents() {
    return held;
  }

  @Nullable StoredPassage get(VersionedPassage passage) {
    return texts.get(passage);
  }

  boolean contains(VersionedPassage passage) {
    return texts.contains(passage);
  }

  /** Takes in what a record brings. */
  void hold(VersionedDocument document, PassageVectors record) {
    Set<Hash128> uids = new LinkedHashSet<>(uids(document));
    DocumentState edit = Manifest.of(record).state();
    for (PassageInsert insert : record.inserts()) {
      uids.add(insert.uid());
      texts.put(
          new VersionedPassage(record.version(), insert.uid()),
          new StoredPassage(record.document(), insert.contentHash(), insert.text(), edit));
    }
    held.put(document, new HeldPassages(new ArrayList<>(uids)));
  }

  /**
   * Whether a manifest names a passage whose text has not come since it was last without it. {@code
   * assign} sees nothing but records and has to come to the same: a text that a revision in between
   * took away does not count, though that one may still be on its way.
   *
   * @param before the newest revision that came whole; null = there is none
   */
  boolean lacks(PassageVectors record, @Nullable Manifest before) {
    Set<Hash128> known = new HashSet<>();
    if (before != null) {
      before.entries().forEach(entry -> known.add(entry.uid()));
    }
    DocumentState newest = before == null ? DocumentState.NONE : before.state();
    for (ManifestEntry entry : record.manifest()) {
      StoredPassage text = texts.get(new VersionedPassage(record.version(), entry.uid()));
      if (text == null || (text.edit().compareTo(newest) < 0 && !known.contains(entry.uid()))) {
        return true;
      }
    }
    return false;
  }

  /** Takes in a cell's acknowledgement. */
  void acknowledge(VersionedPassage passage, Ack ack) {
    IndexedPassage before = indexed.get(passage);
    indexed.put(passage, (before == null ? IndexedPassage.NOT_YET : before).with(ack));
  }

  /** Whether the cells have a passage as its text came last. */
  boolean isIndexed(VersionedPassage passage) {
    IndexedPassage acknowledged = indexed.get(passage);
    StoredPassage stored = texts.get(passage);
    return acknowledged != null
        && stored != null
        && acknowledged.whole()
        && acknowledged.edit().revision() >= stored.edit().revision();
  }

  /**
   * Returns the texts that it forgets. Those of a later edit, not all of whose parts are here,
   * stay; and so do acknowledgements that have overtaken their record, for they do not come twice.
   */
  Map<Hash128, StoredPassage> forgetAllBut(VersionedDocument document, Manifest manifest) {
    Map<Hash128, StoredPassage> forgotten = new LinkedHashMap<>();
    Set<Hash128> kept = new LinkedHashSet<>();
    manifest.entries().forEach(entry -> kept.add(entry.uid()));
    for (Hash128 uid : uids(document)) {
      VersionedPassage passage = new VersionedPassage(document.version(), uid);
      StoredPassage text = texts.get(passage);
      if (text != null && text.edit().compareTo(manifest.state()) > 0) {
        kept.add(uid);
      } else if (text != null && !kept.contains(uid)) {
        forgotten.put(uid, text);
        texts.remove(passage);
        IndexedPassage acknowledged = indexed.get(passage);
        if (acknowledged != null && acknowledged.edit().compareTo(text.edit()) <= 0) {
          indexed.remove(passage);
        }
      }
    }
    if (kept.isEmpty()) {
      held.remove(document);
    } else {
      held.put(document, new HeldPassages(new ArrayList<>(kept)));
    }
    return forgotten;
  }

  private List<Hash128> uids(VersionedDocument document) {
    HeldPassages passages = held.get(document);
    return passages == null ? List.of() : passages.uids();
  }
}
