package io.realmstream.model.document;

/** State key: one document in one index version. */
public record DocumentInVersion(String id, int version) {}
