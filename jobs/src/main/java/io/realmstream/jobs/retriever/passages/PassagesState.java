package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.LastHeartbeats;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.RepublishedShard;
import io.realmstream.model.serving.RetiredVersions;
import io.realmstream.model.serving.ShardDoubt;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.DepartedPassage;
import io.realmstream.model.serving.revision.DocumentShard;
import io.realmstream.model.serving.revision.HeldPassages;
import io.realmstream.model.serving.revision.HeldTexts;
import io.realmstream.model.serving.revision.IndexedPassage;
import io.realmstream.model.serving.revision.StagedRevisions;
import io.realmstream.model.serving.revision.StoredPassage;
import io.realmstream.model.serving.revision.SupersededPlace;
import io.realmstream.model.serving.revision.SupersededRevision;
import io.realmstream.model.serving.revision.SupersededRevisions;
import io.realmstream.model.state.Queues;
import io.realmstream.model.state.Table;
import io.realmstream.model.transport.Doubt;
import io.realmstream.model.transport.NamedInRound;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * The keyed state of {@code passages}, by document shard: its tables, and what decides on them.
 *
 * @param publishedThrough by shard: through when the updater has published, until all of that is
 *     current
 * @param completing by version that waits for the same
 */
record PassagesState(
    DocumentShard documents,
    EndedVersions ended,
    RetiredVersions retired,
    RepublishedShard republished,
    ShardDoubt doubt,
    LastHeartbeats beats,
    Table<Integer, Instant> publishedThrough,
    Table<Integer, ShardComplete> completing) {
  private static final String CURRENT = "current";
  private static final String MISSING = "missing";
  private static final String AWAITED = "awaited";
  private static final String TOMBSTONES = "tombstones";
  private static final String STAGED = "staged";
  private static final String HELD = "held";
  private static final String TEXTS = "texts";
  private static final String INDEXED = "indexed";
  private static final String SUPERSEDED = "superseded";
  private static final String SUPERSEDED_ENDS = "superseded-ends";
  private static final String DEPARTED = "departed";
  private static final String SAID = "said";
  private static final String ENDED = "ended";
  private static final String FORGETTING = "forgetting";
  private static final String ROUND = "round";
  private static final String NAMED = "named";
  private static final String DOUBT = "doubt";
  private static final String BEATS = "beats";
  private static final String PUBLISHED_THROUGH = "published-through";
  private static final String COMPLETING = "completing";

  /**
   * Opens it.
   *
   * @param shards how many there are
   * @param reporter who asks for what was lost, as its requests say
   */
  static PassagesState of(
      RuntimeContext context, int shards, Duration tombstoneTtl, String reporter) {
    EndedVersions ended =
        new EndedVersions(StateTable.of(context, ENDED, Integer.class, EndedIndexes.class));
    DocumentShard documents = documents(context, tombstoneTtl, ended);
    return new PassagesState(
        documents,
        ended,
        new RetiredVersions(
            StateTable.of(context, FORGETTING, Integer.class, Boolean.class),
            ended,
            documents.tables()),
        new RepublishedShard(
            StateTable.of(context, ROUND, Integer.class, NamedInRound.Round.class),
            StateTable.of(context, NAMED, VersionedDocument.class, Long.class),
            documents.documents()),
        new ShardDoubt(StateTable.of(context, DOUBT, Integer.class, Doubt.class), shards, reporter),
        new LastHeartbeats(StateTable.of(context, BEATS, Integer.class, Heartbeat.class)),
        StateTable.of(context, PUBLISHED_THROUGH, Integer.class, Instant.class),
        StateTable.of(context, COMPLETING, Integer.class, ShardComplete.class));
  }

  private static DocumentShard documents(
      RuntimeContext context, Duration tombstoneTtl, EndedVersions ended) {
    return new DocumentShard(
        new DocumentShard.Tables(
            StateTable.of(context, CURRENT, VersionedDocument.class, Manifest.class),
            StateTable.of(context, MISSING, VersionedDocument.class, Integer.class),
            StateTable.of(context, AWAITED, VersionedPassage.class, Boolean.class),
            StateTable.forgetting(
                context,
                new MapStateDescriptor<>(TOMBSTONES, VersionedDocument.class, DocumentState.class),
                tombstoneTtl)),
        new StagedRevisions(
            StateTable.of(context, STAGED, VersionedDocument.class, Manifest.class), ended),
        new HeldTexts(
            StateTable.of(context, HELD, VersionedDocument.class, HeldPassages.class),
            StateTable.of(context, TEXTS, VersionedPassage.class, StoredPassage.class),
            StateTable.of(context, INDEXED, VersionedPassage.class, IndexedPassage.class)),
        new SupersededRevisions(
            StateTable.of(context, SUPERSEDED_ENDS, VersionedDocument.class, Queues.Ends.class),
            StateTable.of(context, SUPERSEDED, SupersededPlace.class, SupersededRevision.class),
            StateTable.of(context, DEPARTED, VersionedPassage.class, DepartedPassage.class),
            StateTable.of(context, SAID, Integer.class, Long.class)));
  }

  /** Forgets which versions were said to be complete. */
  void forgetCompleting() {
    for (Iterator<Integer> versions = completing.keys(); versions.hasNext(); versions.remove()) {
      versions.next();
    }
  }
}
