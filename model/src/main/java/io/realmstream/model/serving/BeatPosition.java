package io.realmstream.model.serving;

/**
 * A heartbeat of a document shard, as the one who reads the shard's records counts them. Every
 * operator that hears the shard's records in order agrees on what came before it.
 *
 * @param run of the reader, any number; another after each of its starts
 * @param number from 1 on
 */
public record BeatPosition(long run, long number) {}
