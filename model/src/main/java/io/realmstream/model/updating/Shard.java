package io.realmstream.model.updating;

import io.realmstream.model.document.Acceptances;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.model.updating.reuse.TrunkOutputs;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.ShardPosition;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A document shard: its keyed state, with copies on the heap of what is small and often read. */
public final class Shard {
  private final int number;
  private final ShardTables tables;
  private final ShardValues values;
  private final TrunkOutputs trunks;
  private final Acceptances acceptances;
  private VersionTable versions;
  private boolean isNew;
  private long live;
  private boolean acceptedRead;
  private @Nullable Long untakenSince;

  /** Takes up what a restored state says. */
  public Shard(int number, ShardTables tables, ShardValues values, TrunkOutputs trunks) {
    this.number = number;
    this.tables = tables;
    this.values = values;
    this.trunks = trunks;
    this.acceptances = new Acceptances(tables.owed());
    VersionTable known = values.versions().get();
    this.versions = known == null ? VersionTable.EMPTY : known;
    this.isNew = known == null;
    this.untakenSince = values.untakenSince().get();
    Long counted = values.live().get();
    this.live = counted == null ? 0 : counted;
    this.acceptedRead = values.debt().get() != null;
  }

  public int number() {
    return number;
  }

  /** The trunk outputs of its passages. */
  public TrunkOutputs trunks() {
    return trunks;
  }

  /** What the topic of accepted edits lacks of it. */
  public Acceptances acceptances() {
    return acceptances;
  }

  /** Ids of documents that are owed to the topic of accepted edits. */
  public Table<String, Boolean> owed() {
    return tables.owed();
  }

  /** The phase of each version's walk. */
  public Table<Integer, WalkPhase> walks() {
    return tables.walks();
  }

  // versions

  public VersionTable versions() {
    return versions;
  }

  /** Takes the next version table. */
  public void follow(VersionTable next) {
    values.versions().set(next);
    versions = next;
  }

  /** Whether its state had no table before this start; true once. */
  public boolean takeNew() {
    boolean wasNew = isNew;
    isNew = false;
    return wasNew;
  }

  /** Whether a version answers. */
  public boolean isActive(int version) {
    VersionEntry active = versions.active();
    return active != null && active.index() == version;
  }

  /** Whether a version is built behind another that answers, which it must not slow down much. */
  public boolean isBehind(int version) {
    return versions.active() != null && !isActive(version);
  }

  // documents

  /** How many are live. */
  public long live() {
    return live;
  }

  /** The greatest edit of a document; null for one never seen, or forgotten. */
  public @Nullable DocumentState current(String id) {
    WantedEdit edit = wanted(id);
    return edit == null ? tombstone(id) : edit.state();
  }

  /** The edit in force of a document; null = it is not live. */
  public @Nullable WantedEdit wanted(String id) {
    return tables.wanted().get(id);
  }

  /** Takes an edit of a live document. */
  public void want(String id, WantedEdit edit) {
    if (!tables.wanted().contains(id)) {
      count(1);
    }
    tables.wanted().put(id, edit);
    tables.tombstones().remove(id);
  }

  /** Forgets a live document but for its tombstone. */
  public void delete(String id, DocumentState deleted) {
    if (tables.wanted().contains(id)) {
      count(-1);
    }
    tables.wanted().remove(id);
    tables.tombstones().put(id, deleted);
  }

  /** What deleted a document; null = it is live, forgotten or was never seen. */
  public @Nullable DocumentState tombstone(String id) {
    return tables.tombstones().get(id);
  }

  /** The ids of the live documents. */
  public Walk<String> documents() {
    return new Walk<>(tables.wanted());
  }

  /** The ids of the deleted documents, as long as they are remembered. */
  public Walk<String> deletions() {
    return new Walk<>(tables.tombstones());
  }

  private void count(int change) {
    live += change;
    values.live().set(live);
  }

  // what is published

  public @Nullable PublishedDocument published(String id, int version) {
    return tables.published().get(new DocumentInVersion(id, version));
  }

  public void publish(String id, int version, PublishedDocument document) {
    tables.published().put(new DocumentInVersion(id, version), document);
  }

  public void unpublish(DocumentInVersion document) {
    tables.published().remove(document);
  }

  /** Each document in each version. */
  public Walk<DocumentInVersion> allPublished() {
    return new Walk<>(tables.published());
  }

  // what waits

  /** Documents whose edit is not published, with the timestamp of the earliest such edit. */
  public Iterator<Map.Entry<String, Long>> pending() {
    return tables.pending().entries();
  }

  /** Notes that an edit of a document is not published. */
  public void pend(String id, long since) {
    Long before = tables.pending().get(id);
    if (before == null || since < before) {
      tables.pending().put(id, since);
    }
  }

  /** A document's edits are published. */
  public void settle(String id) {
    tables.pending().remove(id);
  }

  /**
   * Kafka timestamp of the earliest edit that no version took so far, or that passed by a version
   * which is LATE; null = none.
   */
  public @Nullable Long untakenSince() {
    return untakenSince;
  }

  /** Notes since when there are edits that a version lacks which should have them. */
  public void untaken(@Nullable Long since) {
    if (!Objects.equals(untakenSince, since)) {
      untakenSince = since;
      values.untakenSince().set(since);
    }
  }

  // the topics

  /** What was sent last to the vectors topic, as of the last snapshot. */
  public @Nullable ShardPosition sent() {
    return values.sent().get();
  }

  public void sent(@Nullable ShardPosition last) {
    values.sent().set(last);
  }

  /** The last republication. */
  public Republication republication() {
    Republication last = values.republication().get();
    return last == null ? Republication.NONE : last;
  }

  public void republish(Republication next) {
    values.republication().set(next);
  }

  /** Whether the topic of accepted edits has nothing more for it: before, nothing is claimed. */
  public boolean acceptedRead() {
    return acceptedRead;
  }

  /** What is owed to the topic of accepted edits; null = it has not been read. */
  public @Nullable AcceptedDebt debt() {
    return values.debt().get();
  }

  public void debt(AcceptedDebt debt) {
    values.debt().set(debt);
    acceptedRead = true;
  }
}
