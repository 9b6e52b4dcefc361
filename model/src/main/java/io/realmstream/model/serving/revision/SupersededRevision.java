package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.Manifest;
import io.realmstream.schemas.Hash128;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision that was current.
 *
 * @param manifest null = there was no such document
 * @param untilMs when another became current
 * @param departed passages that the other one lacks
 * @param saidMs the Kafka timestamp through which the shard had said to be fresh by then
 */
public record SupersededRevision(
    @Nullable Manifest manifest, long untilMs, List<Hash128> departed, long saidMs) {}
