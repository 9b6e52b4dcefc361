package io.realmstream.model.serving;

/** A document in an index version. */
public record VersionedDocument(int version, String document) implements Versioned {}
