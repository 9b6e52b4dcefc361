package io.realmstream.jobs.retriever;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
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
final class HeldTexts {
  private final MapState<VersionedDocument, HeldPassages> held;
  private final MapState<VersionedPassage, StoredPassage> texts;
  private final MapState<VersionedPassage, IndexedPassage> indexed;

  HeldTexts(RuntimeContext context) {
    held = map(context, "held", VersionedDocument.class, HeldPassages.class);
    texts = map(context, "texts", VersionedPassage.class, StoredPassage.class);
    indexed = map(context, "indexed", VersionedPassage.class, IndexedPassage.class);
  }

  /** All of it, to be forgotten by version. */
  List<MapState<? extends Versioned, ?>> maps() {
    return List.of(held, texts, indexed);
  }

  /** Where documents are held. */
  Table<VersionedDocument, ?> documents() {
    return new StateTable<>(held);
  }

  @Nullable StoredPassage get(VersionedPassage passage) throws Exception {
    return texts.get(passage);
  }

  boolean contains(VersionedPassage passage) throws Exception {
    return texts.contains(passage);
  }

  /** Takes in what a record brings. */
  void hold(VersionedDocument document, PassageVectors record) throws Exception {
    Set<Hash128> uids = new LinkedHashSet<>(uids(document));
    for (PassageInsert insert : record.inserts()) {
      uids.add(insert.uid());
      texts.put(
          new VersionedPassage(record.version(), insert.uid()),
          new StoredPassage(
              record.document(), insert.contentHash(), insert.text(), record.revision().number()));
    }
    held.put(document, new HeldPassages(new ArrayList<>(uids)));
  }

  /** Whether a manifest names a passage whose text never came. */
  boolean lacks(PassageVectors record) throws Exception {
    for (ManifestEntry entry : record.manifest()) {
      if (!texts.contains(new VersionedPassage(record.version(), entry.uid()))) {
        return true;
      }
    }
    return false;
  }

  /** Takes in a cell's acknowledgement. */
  void acknowledge(VersionedPassage passage, Ack ack) throws Exception {
    IndexedPassage before = indexed.get(passage);
    indexed.put(passage, (before == null ? IndexedPassage.NOT_YET : before).with(ack));
  }

  /** Whether the cells have a passage as its text came last. */
  boolean isIndexed(VersionedPassage passage) throws Exception {
    IndexedPassage acknowledged = indexed.get(passage);
    StoredPassage stored = texts.get(passage);
    return acknowledged != null
        && stored != null
        && acknowledged.whole()
        && acknowledged.revision() >= stored.revision();
  }

  /**
   * Returns the texts that it forgets. Those of a later revision, not all of whose parts are here,
   * stay; and so do acknowledgements that have overtaken their record, for they do not come twice.
   */
  Map<Hash128, StoredPassage> forgetAllBut(VersionedDocument document, Manifest manifest)
      throws Exception {
    Map<Hash128, StoredPassage> forgotten = new LinkedHashMap<>();
    Set<Hash128> kept = new LinkedHashSet<>();
    manifest.entries().forEach(entry -> kept.add(entry.uid()));
    for (Hash128 uid : uids(document)) {
      VersionedPassage passage = new VersionedPassage(document.version(), uid);
      StoredPassage text = texts.get(passage);
      if (text != null && text.revision() > manifest.revision()) {
        kept.add(uid);
      } else if (text != null && !kept.contains(uid)) {
        forgotten.put(uid, text);
        texts.remove(passage);
        IndexedPassage acknowledged = indexed.get(passage);
        if (acknowledged != null && acknowledged.revision() <= text.revision()) {
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

  private List<Hash128> uids(VersionedDocument document) throws Exception {
    HeldPassages passages = held.get(document);
    return passages == null ? List.of() : passages.uids();
  }

  private static <K, V> MapState<K, V> map(
      RuntimeContext context, String name, Class<K> key, Class<V> value) {
    return context.getMapState(new MapStateDescriptor<>(name, key, value));
  }
}
