package io.realmstream.model.updating;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Version tables of a checkpoint that ships, and its encoder. */
public final class TestVersions {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  private static final SharedModels<Encoder> ENCODERS = new SharedModels<>(warning -> {});

  private TestVersions() {}

  /** Leases the encoder of a tower. */
  public static SharedModels<Encoder>.Lease lease(EncoderTower tower) {
    return ENCODERS.lease(
        TowerDigest.of(tower),
        () -> Encoder.open(tower, TestParts.cache(Path.of("target", "models"))));
  }

  /** The table behind those states of a version; one that is not there begins. */
  public static VersionTable proposed(VersionTable table, int version, VersionState... states) {
    VersionTable next = table;
    for (VersionState to : states) {
      VersionEntry entry = next.get(version);
      VersionState from = entry == null ? null : entry.state();
      VersionTable.Step step = next.apply(proposal(next, version, from, to));
      if (step.ignored() != null) {
        throw new IllegalArgumentException(step.ignored());
      }
      next = step.table();
    }
    return next;
  }

  private static VersionProposal proposal(
      VersionTable table, int version, @Nullable VersionState from, VersionState to) {
    return new VersionProposal(
        version + " " + to + " " + table.proposals().size(),
        version,
        new StateChange(from, to),
        "test",
        null,
        from == null ? CHECKPOINT : null,
        null,
        Instant.EPOCH);
  }
}
