package io.realmstream.jobs.retriever;

import java.util.List;

/** The revisions that a document has lately had in one version, oldest first. */
public record Superseded(List<SupersededRevision> revisions) {}
