package io.realmstream.jobs.updater;

/** State key: one document in one index version. */
public record DocumentInVersion(String id, int version) {}
