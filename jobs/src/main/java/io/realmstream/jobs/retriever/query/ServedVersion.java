package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.Models;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.task.AnswerTasks;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.MaskedReaderPart;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A version whose query tower and readers this process keeps open. */
public final class ServedVersion implements AutoCloseable {
  private final VersionEntry entry;
  private final Map<QueryKind, IndexVersion> versions = new EnumMap<>(QueryKind.class);
  private final SharedModels<Encoder>.Lease queryTower;
  private final SharedModels<SpanReader>.Lease reader;
  private final SharedModels<MaskedReader>.@Nullable Lease maskedReader;
  private final CompletableFuture<WhiteSpace> whiteSpace;
  private final CompletableFuture<Void> opened;

  /** Begins to open the version's models. */
  ServedVersion(VersionEntry entry, Models models, int shards) {
    this.entry = entry;
    var checkpoint = entry.checkpoint();
    for (QueryKind kind : QueryKind.values()) {
      versions.put(
          kind,
          new IndexVersion(
              entry.version(),
              TowerDigest.of(checkpoint.documentTower()).toString(),
              TowerDigest.of(checkpoint.queryTower()).toString(),
              AnswerTasks.reader(kind, checkpoint).toString(),
              "flat-" + shards));
    }
    queryTower = models.encoder(checkpoint.queryTower());
    reader = models.reader(checkpoint.reader());
    MaskedReaderPart masked = checkpoint.maskedReader();
    maskedReader = masked == null ? null : models.maskedReader(masked);
    whiteSpace = models.whiteSpace(checkpoint);
    CompletableFuture<Void> spans =
        CompletableFuture.allOf(queryTower.model(), reader.model(), whiteSpace);
    opened = maskedReader == null ? spans : CompletableFuture.allOf(spans, maskedReader.model());
  }

  VersionEntry entry() {
    return entry;
  }

  /** Names the version in answers to questions of that kind. */
  IndexVersion version(QueryKind kind) {
    return Objects.requireNonNull(versions.get(kind));
  }

  /** What its passages may differ in and yet be one to its models; of an open version. */
  WhiteSpace whiteSpace() {
    return whiteSpace.join();
  }

  /** Done when the models are open; fails with what kept them from it. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  boolean isOpen() {
    return opened.isDone() && !opened.isCompletedExceptionally();
  }

  /** Why a version is not open: its models are being opened, or the failure. */
  String whyNotOpen() {
    if (!opened.isDone()) {
      return "is being opened";
    }
    try {
      opened.join();
      return "is open";
    } catch (CompletionException e) {
      return "cannot be opened: " + e.getCause();
    }
  }

  @Override
  public void close() {
    queryTower.close();
    reader.close();
    if (maskedReader != null) {
      maskedReader.close();
    }
  }
}
