package io.realmstream.model.freshness;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at a topic.
 *
 * @param settledMs the timestamp that no record has, nor an earlier one, which came after the look;
 *     null = a record may come with any timestamp
 * @param partitions how many the topic had
 * @param spans of partitions that were looked at
 */
public record LogLook(@Nullable Long settledMs, int partitions, Map<Integer, LogSpan> spans) {}
