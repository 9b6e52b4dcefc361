package io.realmstream.jobs.retriever;

import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A revision of a document: its passages and what an answer tells of it. */
public record Manifest(
    long revision,
    Outcome outcome,
    String title,
    @Nullable Instant eventTime,
    Instant readAt,
    Instant publishedAt,
    int truncated,
    int embedded,
    int reprojected,
    int reused,
    List<ManifestEntry> entries) {

  static Manifest of(PassageVectors record) {
    return new Manifest(
        record.revision(),
        record.outcome(),
        record.title(),
        record.eventTime(),
        record.readAt(),
        record.publishedAt(),
        record.truncated(),
        record.embedded(),
        record.reprojected(),
        record.reused(),
        record.manifest());
  }
}
