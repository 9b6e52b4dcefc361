package io.realmstream.model.version;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that is to become a version.
 *
 * @param after the newest version when it was published, 0 = none: a version that carries it and is
 *     newer fulfils it
 * @param publishedMs its Kafka timestamp; {@link Long#MIN_VALUE} = long ago
 */
public record CheckpointCandidate(RetrieverCheckpoint checkpoint, int after, long publishedMs) {

  /**
   * The candidate that an arriving checkpoint makes. The newest checkpoint wins: it takes the place
   * of one that waits, even when it needs nothing itself.
   */
  public static CheckpointCandidate of(VersionTable table, RetrieverCheckpoint checkpoint) {
    return new CheckpointCandidate(checkpoint, table.count(), Long.MIN_VALUE);
  }

  /** Whether a newer checkpoint takes its place while it waits: a trial displaces no release. */
  public boolean yieldsTo(RetrieverCheckpoint newer) {
    return checkpoint.isTrial() || !newer.isTrial();
  }

  /** The same, published behind that newest version. */
  public CheckpointCandidate behind(int version) {
    return new CheckpointCandidate(checkpoint, version, publishedMs);
  }

  /** Whether it is the same publication, whatever is known of the versions before it. */
  public boolean isSame(@Nullable CheckpointCandidate other) {
    return other != null && checkpoint.equals(other.checkpoint) && publishedMs == other.publishedMs;
  }

  /**
   * Whether nothing is to be done: the version that is to serve is of the same digest, or the table
   * has got one, refused or not. Never to be asked while a proposal is on its way to the log, which
   * may make another version the one that is to serve.
   */
  public boolean isFulfilled(VersionTable table) {
    Hash128 wanted = digest(checkpoint);
    VersionEntry goal = table.goal();
    if (goal != null && digest(goal.checkpoint()).equals(wanted)) {
      return true;
    }
    return table.versions().stream()
        .filter(entry -> entry.version() > after)
        .anyMatch(entry -> digest(entry.checkpoint()).equals(wanted));
  }

  /**
   * Digest of all that decides a version's answers: towers, readers, scale and calibration, but not
   * where the files are. A trial has another one than a release of the same, so that people who
   * publish what a learner has found keep it.
   */
  public static Hash128 digest(RetrieverCheckpoint checkpoint) {
    MaskedReaderPart masked = checkpoint.maskedReader();
    Calibration calibration = checkpoint.calibrated();
    Hash128 answers =
        Hash128.ofTexts(
            TowerDigest.of(checkpoint.documentTower()).toString(),
            TowerDigest.of(checkpoint.queryTower()).toString(),
            TowerDigest.of(checkpoint.reader()).toString(),
            masked == null ? "" : TowerDigest.of(masked).toString(),
            Double.toString(checkpoint.scoreScale()),
            Double.toString(calibration.readerTemperature()),
            String.valueOf(calibration.thresholds().noAnswerMassMax()),
            String.valueOf(calibration.thresholds().probabilityMin()),
            String.valueOf(calibration.confidence()));
    return checkpoint.isTrial() ? Hash128.ofTexts("trial", answers.toString()) : answers;
  }
}
