package io.realmstream.model.serving.placement;

/**
 * A passage that left its document and is to leave its cell.
 *
 * @param dueMs when, in epoch ms
 * @param revision document revision that removed it
 */
public record PendingDelete(long dueMs, long revision, String document) {}
