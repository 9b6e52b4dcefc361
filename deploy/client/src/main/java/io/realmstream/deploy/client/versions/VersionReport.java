package io.realmstream.deploy.client.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.deploy.client.Pace;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An index version; its fields are those of the JSON.
 *
 * @param extent null when nothing is written to it any more
 * @param calibration null when the version has none
 * @param rate null when it rests
 */
public record VersionReport(
    @JsonUnwrapped Entry entry,
    Digests digests,
    double scoreScale,
    @JsonInclude(Include.NON_NULL) @Nullable Calibration calibration,
    @JsonUnwrapped @Nullable Extent extent,
    @JsonUnwrapped @Nullable Rate rate) {

  /** Of a version and its pace, see {@link VersionProgress#pace}. */
  public static VersionReport of(VersionEntry entry, Pace pace) {
    RetrieverCheckpoint checkpoint = entry.checkpoint();
    MaskedReaderPart masked = checkpoint.maskedReader();
    return new VersionReport(
        Entry.of(entry),
        new Digests(
            TowerDigest.of(checkpoint.documentTower()),
            TowerDigest.of(checkpoint.queryTower()),
            TowerDigest.of(checkpoint.reader()),
            masked == null ? null : TowerDigest.of(masked)),
        checkpoint.scoreScale(),
        checkpoint.calibration(),
        entry.written() ? new Extent(pace.done(), pace.total()) : null,
        isInWork(entry) ? new Rate(pace.perSecond(), pace.left().toSeconds()) : null);
  }

  private static boolean isInWork(VersionEntry entry) {
    return entry.state() == VersionState.BUILDING
        || (entry.state() == VersionState.ACTIVE && !entry.complete());
  }

  /**
   * What the version log says of it.
   *
   * @param activated null = it never answered
   */
  public record Entry(
      int version,
      int index,
      VersionState state,
      boolean complete,
      String retriever,
      @Nullable String reason,
      Instant since,
      @Nullable Instant activated) {
    public static Entry of(VersionEntry entry) {
      return new Entry(
          entry.version(),
          entry.index(),
          entry.state(),
          entry.complete(),
          entry.checkpoint().retriever(),
          entry.reason(),
          entry.since(),
          entry.activated());
    }
  }

  /**
   * Equal digests mean equal models.
   *
   * @param maskedReader null when masks are not answered; then it is left out
   */
  public record Digests(
      Hash128 documentTower,
      Hash128 queryTower,
      Hash128 reader,
      @JsonInclude(Include.NON_NULL) @Nullable Hash128 maskedReader) {}

  /** How many documents it has, of all. */
  public record Extent(long documentsDone, long documents) {}

  /** How it goes on. */
  public record Rate(double documentsPerSecond, long secondsLeft) {}
}
