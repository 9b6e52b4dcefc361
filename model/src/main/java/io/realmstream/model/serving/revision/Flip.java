package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A revision that became current, and the one that it replaced; null = there was none. */
public record Flip(VersionedDocument document, @Nullable Manifest before, Manifest now) {

  /** What the document's status topic tells of it. */
  public DocumentStatus status(long nowMs) {
    Set<Hash128> uidsBefore = before == null ? Set.of() : uids(before);
    Set<Hash128> uids = uids(now);
    int unchanged = (int) uids.stream().filter(uidsBefore::contains).count();
    return new DocumentStatus(
        document.document(),
        now.revision(),
        now.outcome(),
        null,
        new PassageChanges(
            uids.size(), uids.size() - unchanged, uidsBefore.size() - unchanged, unchanged),
        new VectorCounts(now.truncated(), now.embedded(), now.reprojected(), now.reused()),
        document.version(),
        new EditProgress(now.readAt(), now.publishedAt(), Instant.ofEpochMilli(nowMs)));
  }

  private static Set<Hash128> uids(Manifest manifest) {
    Set<Hash128> uids = new HashSet<>();
    for (ManifestEntry entry : manifest.entries()) {
      uids.add(entry.uid());
    }
    return uids;
  }
}
