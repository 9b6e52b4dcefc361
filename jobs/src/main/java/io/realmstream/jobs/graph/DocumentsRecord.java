package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.model.freshness.ReadThrough;
import org.jspecify.annotations.Nullable;

/**
 * What the documents source hands on, exactly one of the two: a record, or how far its reader has
 * come with those in front.
 */
public record DocumentsRecord(@Nullable InboundRecord record, @Nullable ReadThrough through) {}
