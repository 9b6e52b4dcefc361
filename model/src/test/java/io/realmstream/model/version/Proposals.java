package io.realmstream.model.version;

import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.TitleForm;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Proposals with an id of their own each; the first of a version carries its checkpoint. */
final class Proposals {
  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final RetrieverCheckpoint CHECKPOINT = checkpoint();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Proposals() {}

  static VersionProposal propose(int version, @Nullable VersionState from, VersionState to) {
    return new VersionProposal(
        "p" + NEXT.incrementAndGet(),
        version,
        new StateChange(from, to),
        "test",
        "why",
        from == null ? CHECKPOINT : null,
        null,
        AT);
  }

  /** A version that is READY at once, on the index of another. */
  static VersionProposal sharing(int version, int index) {
    VersionProposal first = propose(version, null, VersionState.READY);
    return new VersionProposal(
        first.proposalId(),
        version,
        new StateChange(null, first.change().to()),
        "test",
        "why",
        CHECKPOINT,
        index,
        AT);
  }

  private static RetrieverCheckpoint checkpoint() {
    Part part = new Part("file:x", "0".repeat(64));
    EncoderTower tower =
        new EncoderTower(part, part, null, Pooling.MEAN, true, "", TitleForm.TEXT, 128);
    return new RetrieverCheckpoint(
        "r",
        tower,
        tower,
        new ReaderPart(part, part, TitleForm.SEGMENT, 64, 32, 256, 30, true),
        1,
        null,
        null,
        null);
  }
}
