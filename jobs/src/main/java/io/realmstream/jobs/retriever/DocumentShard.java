package io.realmstream.jobs.retriever;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Duration;
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
 * The one truth of a shard's documents: which revision answers see, and which one is on its way.
 *
 * <p>A revision arrives as texts and a manifest. The manifest is <i>staged</i> until the cells have
 * acknowledged every passage that it names; then it becomes <i>current</i> in one step. A newer
 * revision takes the place of a staged one. So an answer quotes one revision of a document, whole,
 * and goes on quoting the old one until the new one can be found.
 *
 * <p>State, all maps under the shard's key and with one entry for each
 *
 * <ul>
 *   <li>{@code current}: live document and version;
 *   <li>{@code staged}, {@code missing}: document with a revision on its way; missing counts its
 *       {@code awaited} passages;
 *   <li>{@code held}: live document and version, the uids that {@code texts} has of it, of whatever
 *       revision;
 *   <li>{@code texts}, {@code indexed}: passage in a held revision; indexed is what the cells
 *       acknowledged last;
 *   <li>{@code tombstones}: deleted document, for a time to live.
 * </ul>
 *
 * <p>and, for a moment, what was before: {@link SupersededRevisions}.
 */
final class DocumentShard {
  /** A revision that became current, and the one that it replaced. */
  record Flip(VersionedDocument document, @Nullable Manifest before, Manifest now) {}

  private final MapState<VersionedDocument, Manifest> current;
  private final MapState<VersionedDocument, Manifest> staged;
  private final MapState<VersionedDocument, Integer> missing;
  private final MapState<VersionedDocument, HeldPassages> held;
  private final MapState<VersionedDocument, Long> tombstones;
  private final MapState<VersionedPassage, StoredPassage> texts;
  private final MapState<VersionedPassage, IndexedPassage> indexed;
  private final MapState<VersionedPassage, Boolean> awaited;
  private final SupersededRevisions superseded;

  DocumentShard(RuntimeContext context, Duration tombstoneTtl) {
    current = map(context, "current", VersionedDocument.class, Manifest.class);
    staged = map(context, "staged", VersionedDocument.class, Manifest.class);
    missing = map(context, "missing", VersionedDocument.class, Integer.class);
    held = map(context, "held", VersionedDocument.class, HeldPassages.class);
    texts = map(context, "texts", VersionedPassage.class, StoredPassage.class);
    indexed = map(context, "indexed", VersionedPassage.class, IndexedPassage.class);
    awaited = map(context, "awaited", VersionedPassage.class, Boolean.class);
    tombstones = context.getMapState(AssignedShard.tombstones(tombstoneTtl));
    superseded = new SupersededRevisions(context);
  }

  /** All of it, to be forgotten by version. */
  List<MapState<? extends Versioned, ?>> maps() {
    List<MapState<? extends Versioned, ?>> maps = new ArrayList<>(superseded.maps());
    maps.addAll(List.of(current, staged, missing, held, tombstones, texts, indexed, awaited));
    return maps;
  }

  /** Takes in a record of the vectors topic; returns the revision that it made current, if any. */
  @Nullable Flip accept(PassageVectors record, long nowMs) throws Exception {
    VersionedDocument document = new VersionedDocument(record.version(), record.document());
    boolean isOlder = Manifest.of(record).state().compareTo(known(document)) < 0;
    if (isOlder || repeatsCurrent(document, record)) {
      return null;
    }
    hold(document, record);
    return record.commits() ? stage(document, Manifest.of(record), nowMs) : null;
  }

  /** Takes in a cell's acknowledgement; returns the revision that it made current, if any. */
  @Nullable Flip acknowledge(Ack ack, long nowMs) throws Exception {
    VersionedDocument document = new VersionedDocument(ack.version(), ack.document());
    VersionedPassage passage = new VersionedPassage(ack.version(), ack.uid());
    // of the revision served, it may be of another edit of that revision, whose record is to come
    if (!texts.contains(passage) && ack.revision() < served(document).revision()) {
      return null; // the passage has come and gone
    }
    IndexedPassage before = indexed.get(passage);
    indexed.put(passage, (before == null ? IndexedPassage.NOT_YET : before).with(ack));
    if (!awaited.contains(passage) || !isIndexed(passage)) {
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
    return flip(document, nowMs);
  }

  /** Forgets what was current a while before now. */
  void forget(long nowMs) throws Exception {
    superseded.forget(nowMs);
  }

  /** Whether every revision that came is current. */
  boolean isSettled() throws Exception {
    return staged.isEmpty();
  }

  /** Notes through which Kafka timestamp the shard has said to be fresh. */
  void said(long throughMs) throws Exception {
    superseded.said(throughMs);
  }

  /** The passage as the manifest has it that the question sees, or null. */
  @Nullable FoundPassage find(Lookup lookup, Hash128 uid) throws Exception {
    int version = lookup.version();
    VersionedPassage passage = new VersionedPassage(version, uid);
    StoredPassage held = texts.get(passage);
    StoredPassage stored = held == null ? superseded.text(passage) : held;
    if (stored == null) {
      return null;
    }
    VersionedDocument document = new VersionedDocument(version, stored.document());
    Manifest manifest =
        superseded.at(document, lookup.stampedMs(), lookup.throughMs(), current.get(document));
    if (manifest == null) {
      return null;
    }
    for (ManifestEntry entry : manifest.entries()) {
      if (entry.uid().equals(uid)) {
        return new FoundPassage(
            uid,
            stored.contentHash(),
            stored.document(),
            manifest.title(),
            stored.text(),
            manifest.revision(),
            manifest.eventTime(),
            entry.start(),
            entry.end());
      }
    }
    return null;
  }

  private void hold(VersionedDocument document, PassageVectors record) throws Exception {
    Set<Hash128> uids = new LinkedHashSet<>(held(document));
    for (PassageInsert insert : record.inserts()) {
      uids.add(insert.uid());
      texts.put(
          new VersionedPassage(record.version(), insert.uid()),
          new StoredPassage(
              record.document(), insert.contentHash(), insert.text(), record.revision()));
    }
    held.put(document, new HeldPassages(new ArrayList<>(uids)));
  }

  private @Nullable Flip stage(VersionedDocument document, Manifest manifest, long nowMs)
      throws Exception {
    Manifest superseded = staged.get(document);
    if (superseded != null) {
      for (ManifestEntry entry : superseded.entries()) {
        awaited.remove(new VersionedPassage(document.version(), entry.uid()));
      }
    }
    int count = 0;
    for (ManifestEntry entry : manifest.entries()) {
      VersionedPassage passage = new VersionedPassage(document.version(), entry.uid());
      if (!isIndexed(passage)) {
        awaited.put(passage, true);
        count++;
      }
    }
    staged.put(document, manifest);
    missing.put(document, count);
    return count == 0 ? flip(document, nowMs) : null;
  }

  private Flip flip(VersionedDocument document, long nowMs) throws Exception {
    Manifest now = staged.get(document);
    Manifest before = current.get(document);
    staged.remove(document);
    missing.remove(document);
    superseded.add(document, before, nowMs, forgetAllBut(document, now));
    if (now.outcome() == Outcome.DELETED) {
      current.remove(document);
      tombstones.put(document, now.revision());
    } else {
      current.put(document, now);
      tombstones.remove(document);
    }
    return new Flip(document, before, now);
  }

  /**
   * Returns the texts that it forgets. Those of a later revision, not all of whose parts are here,
   * stay; and so do acknowledgements that have overtaken their record, for they do not come twice.
   */
  private Map<Hash128, StoredPassage> forgetAllBut(VersionedDocument document, Manifest manifest)
      throws Exception {
    Map<Hash128, StoredPassage> forgotten = new LinkedHashMap<>();
    Set<Hash128> kept = new LinkedHashSet<>(uids(manifest));
    for (Hash128 uid : held(document)) {
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

  private boolean isIndexed(VersionedPassage passage) throws Exception {
    IndexedPassage acknowledged = indexed.get(passage);
    StoredPassage stored = texts.get(passage);
    return acknowledged != null
        && stored != null
        && acknowledged.whole()
        && acknowledged.revision() >= stored.revision();
  }

  /** A restarted updater repeats what it published; only a repeated edit is worth an answer. */
  private boolean repeatsCurrent(VersionedDocument document, PassageVectors record)
      throws Exception {
    if (record.outcome() == Outcome.UNCHANGED || staged.contains(document)) {
      return false;
    }
    Manifest now = current.get(document);
    return now == null
        ? Manifest.of(record).state().equals(served(document))
        : record.commits() && Manifest.of(record).repeats(now);
  }

  private DocumentState known(VersionedDocument document) throws Exception {
    Manifest next = staged.get(document);
    return next == null ? served(document) : next.state();
  }

  private DocumentState served(VersionedDocument document) throws Exception {
    Manifest manifest = current.get(document);
    if (manifest != null) {
      return manifest.state();
    }
    Long tombstone = tombstones.get(document);
    return tombstone == null ? DocumentState.NONE : DocumentState.deleted(tombstone);
  }

  private List<Hash128> held(VersionedDocument document) throws Exception {
    HeldPassages passages = held.get(document);
    return passages == null ? List.of() : passages.uids();
  }

  private static List<Hash128> uids(Manifest manifest) {
    return new ArrayList<>(manifest.entries().stream().map(ManifestEntry::uid).toList());
  }

  private static <K, V> MapState<K, V> map(
      RuntimeContext context, String name, Class<K> key, Class<V> value) {
    return context.getMapState(new MapStateDescriptor<>(name, key, value));
  }
}
