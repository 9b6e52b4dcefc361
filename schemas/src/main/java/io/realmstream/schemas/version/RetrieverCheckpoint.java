package io.realmstream.schemas.version;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A trained retriever with its readers, all by reference.
 *
 * @param retriever name of the line of checkpoints that this one continues; the topic's key
 * @param reader of questions whose answers are spans
 * @param scoreScale factor of the retrieval score: f(x,z) = scoreScale * (q . e)
 * @param maskedReader of sentences with masks; null = these are answered INVALID
 * @param calibration of answers that are spans; null = none
 * @param versionClass how long its version is kept; null = {@link VersionClass#RELEASE}
 */
public record RetrieverCheckpoint(
    String retriever,
    EncoderTower documentTower,
    EncoderTower queryTower,
    ReaderPart reader,
    double scoreScale,
    @Nullable MaskedReaderPart maskedReader,
    @Nullable Calibration calibration,
    @Nullable VersionClass versionClass) {

  /** The same with that reader of masks, as a release. */
  public RetrieverCheckpoint with(MaskedReaderPart masked) {
    return new RetrieverCheckpoint(
        retriever, documentTower, queryTower, reader, scoreScale, masked, calibration, null);
  }

  /** The same with another scale and calibration, as a release. */
  public RetrieverCheckpoint with(double scale, Calibration fitted) {
    return new RetrieverCheckpoint(
        retriever, documentTower, queryTower, reader, scale, maskedReader, fitted, null);
  }

  /**
   * The same with other towers and their scale, as a release; a calibration was fitted on the old
   * ones.
   */
  public RetrieverCheckpoint with(EncoderTower documents, EncoderTower queries, double scale) {
    return new RetrieverCheckpoint(
        retriever, documents, queries, reader, scale, maskedReader, null, null);
  }

  /** The same as a trial. */
  public RetrieverCheckpoint asTrial() {
    return new RetrieverCheckpoint(
        retriever,
        documentTower,
        queryTower,
        reader,
        scoreScale,
        maskedReader,
        calibration,
        VersionClass.TRIAL);
  }

  /** Whether its version is a trial. */
  @JsonIgnore
  public boolean isTrial() {
    return versionClass == VersionClass.TRIAL;
  }

  /** The calibration in effect. */
  public Calibration calibrated() {
    return calibration == null ? Calibration.NONE : calibration;
  }
}
