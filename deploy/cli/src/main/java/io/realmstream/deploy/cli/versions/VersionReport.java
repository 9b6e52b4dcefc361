package io.realmstream.deploy.cli.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An index version; its fields are those of the JSON.
 *
 * @param extent null when nothing is written to it any more
 * @param rate null when it rests
 */
record VersionReport(
    @JsonUnwrapped Entry entry,
    Digests digests,
    double scoreScale,
    @JsonUnwrapped @Nullable Extent extent,
    @JsonUnwrapped @Nullable Rate rate) {

  /** What the version log says of it. */
  record Entry(
      int version,
      int index,
      VersionState state,
      boolean complete,
      String retriever,
      @Nullable String reason,
      Instant since) {}

  /**
   * Equal digests mean equal models.
   *
   * @param maskedReader null when masks are not answered; then it is left out
   */
  record Digests(
      Hash128 documentTower,
      Hash128 queryTower,
      Hash128 reader,
      @JsonInclude(Include.NON_NULL) @Nullable Hash128 maskedReader) {}

  /** How many documents it has, of all. */
  record Extent(long documentsDone, long documents) {}

  /** How it goes on. */
  record Rate(double documentsPerSecond, long secondsLeft) {}
}
