package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;

/** State key: the place of a replaced revision among those of its document. */
public record SupersededPlace(int version, String document, long number) implements Versioned {
  public SupersededPlace(VersionedDocument document, long number) {
    this(document.version(), document.document(), number);
  }
}
