package io.realmstream.jobs.retriever;

/** A document in an index version. */
public record VersionedDocument(int version, String document) implements Versioned {}
