package io.realmstream.model.document;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
  public static PublishedDocument failed(@Nullable PublishedDocument before, DocumentState failed) {
    return before == null
        ? new PublishedDocument(failed, null, List.of(), List.of())
        : new PublishedDocument(failed, before.published, before.manifest, before.truncated);
  }

  /** A document of which only the deletion is published. */
  public static PublishedDocument deleted(DocumentState deleted) {
    return new PublishedDocument(deleted, deleted, List.of(), List.of());
  }

  /** The passages of the published revision. */
  public Set<Hash128> uids() {
    return manifest.stream().map(ManifestEntry::uid).collect(Collectors.toSet());
  }
}
