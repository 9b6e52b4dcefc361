package io.realmstream.jobs.retriever;

/** State key: the place of a replaced revision among those of its document. */
public record SupersededPlace(int version, String document, long number) implements Versioned {
  SupersededPlace(VersionedDocument document, long number) {
    this(document.version(), document.document(), number);
  }
}
