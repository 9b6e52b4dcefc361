package io.realmstream.model.updating.reuse;

import java.util.List;

/**
 * State: what one document has lost lately.
 *
 * @param sequence of its last loss; grows from loss to loss within a shard
 * @param droppedAt time of its last loss, ms
 * @param passages newest first
 */
public record DroppedDocument(long sequence, long droppedAt, List<DroppedPassage> passages) {}
