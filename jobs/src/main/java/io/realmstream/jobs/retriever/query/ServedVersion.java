package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.Models;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.concurrent.CompletableFuture;

/** A version whose query tower and reader this process keeps open. */
public final class ServedVersion implements AutoCloseable {
  private final VersionEntry entry;
  private final IndexVersion version;
  private final SharedModels<Encoder>.Lease queryTower;
  private final SharedModels<SpanReader>.Lease reader;
  private final CompletableFuture<WhiteSpace> whiteSpace;
  private final CompletableFuture<Void> opened;

  /** Begins to open the version's models. */
  ServedVersion(VersionEntry entry, Models models, int shards) {
    this.entry = entry;
    var checkpoint = entry.checkpoint();
    version =
        new IndexVersion(
            entry.version(),
            TowerDigest.of(checkpoint.documentTower()).toString(),
            TowerDigest.of(checkpoint.queryTower()).toString(),
            TowerDigest.of(checkpoint.reader()).toString(),
            "flat-" + shards);
    queryTower = models.encoder(checkpoint.queryTower());
    reader = models.reader(checkpoint.reader());
    whiteSpace = models.whiteSpace(checkpoint);
    opened = CompletableFuture.allOf(queryTower.model(), reader.model(), whiteSpace);
  }

  VersionEntry entry() {
    return entry;
  }

  /** Names the version in answers. */
  IndexVersion version() {
    return version;
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

  @Override
  public void close() {
    queryTower.close();
    reader.close();
  }
}
