package io.realmstream.jobs.updater;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State: how far one document is in one version.
 *
 * @param handled the last edit dealt with: published, or failed
 * @param published the last edit published; null = none
 * @param manifest passages of the published revision
 * @param truncated those of them that exceed the encoder's limit
 */
public record PublishedDocument(
    DocumentState handled,
    @Nullable DocumentState published,
    List<ManifestEntry> manifest,
    List<Hash128> truncated) {

  /** {@code before} after {@code failed} could not be embedded: what is published stays. */
  static PublishedDocument failed(@Nullable PublishedDocument before, DocumentState failed) {
    return before == null
        ? new PublishedDocument(failed, null, List.of(), List.of())
        : new PublishedDocument(failed, before.published, before.manifest, before.truncated);
  }

  /** A document of which only the deletion is published. */
  static PublishedDocument deleted(DocumentState deleted) {
    return new PublishedDocument(deleted, deleted, List.of(), List.of());
  }
}
