package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
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
    DocumentRevision revision = now.revision();
    EditTimes times = revision.times();
    return new DocumentStatus(
        document.document(),
        revision.number(),
        revision.outcome(),
        null,
        new PassageChanges(
            uids.size(), uids.size() - unchanged, uidsBefore.size() - unchanged, unchanged),
        revision.counts(),
        document.version(),
        new EditProgress(times.readAt(), times.publishedAt(), Instant.ofEpochMilli(nowMs)));
  }

  private static Set<Hash128> uids(Manifest manifest) {
    Set<Hash128> uids = new HashSet<>();
    for (ManifestEntry entry : manifest.entries()) {
      uids.add(entry.uid());
    }
    return uids;
  }
}
