package io.realmstream.model.serving.placement;

/**
 * A passage that left its document and is to leave its cell.
 *
 * @param run of the heartbeat behind which it left, see {@code BeatPosition}
 * @param beat number of that heartbeat; 0 = before the first
 * @param revision document revision that removed it
 */
public record PendingDelete(long run, long beat, long revision, String document) {}
