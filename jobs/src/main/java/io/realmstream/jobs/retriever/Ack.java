package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;

/** A cell has the passage: queries that arrive after this one find it. */
public record Ack(int documentShard, int version, String document, Hash128 uid, long revision) {}
