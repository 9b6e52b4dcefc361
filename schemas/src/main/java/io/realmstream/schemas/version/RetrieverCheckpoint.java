package io.realmstream.schemas.version;

import org.jspecify.annotations.Nullable;

/**
 * A trained retriever with its readers, all by reference.
 *
 * @param retriever name of the line of checkpoints that this one continues; the topic's key
 * @param reader of questions whose answers are spans
 * @param scoreScale factor of the retrieval score: f(x,z) = scoreScale * (q . e)
 * @param maskedReader of sentences with masks; null = these are answered INVALID
 * @param calibration of answers that are spans; null = none
 */
public record RetrieverCheckpoint(
    String retriever,
    EncoderTower documentTower,
    EncoderTower queryTower,
    ReaderPart reader,
    double scoreScale,
    @Nullable MaskedReaderPart maskedReader,
    @Nullable Calibration calibration) {

  /** The same with that reader of masks. */
  public RetrieverCheckpoint with(MaskedReaderPart masked) {
    return new RetrieverCheckpoint(
        retriever, documentTower, queryTower, reader, scoreScale, masked, calibration);
  }

  /** The same with another scale and calibration. */
  public RetrieverCheckpoint with(double scale, Calibration fitted) {
    return new RetrieverCheckpoint(
        retriever, documentTower, queryTower, reader, scale, maskedReader, fitted);
  }

  /** The same with other towers and their scale; a calibration was fitted on the old ones. */
  public RetrieverCheckpoint with(EncoderTower documents, EncoderTower queries, double scale) {
    return new RetrieverCheckpoint(
        retriever, documents, queries, reader, scale, maskedReader, null);
  }

  /** The calibration in effect. */
  public Calibration calibrated() {
    return calibration == null ? Calibration.NONE : calibration;
  }
}
