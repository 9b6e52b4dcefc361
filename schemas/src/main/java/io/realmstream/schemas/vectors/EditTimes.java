package io.realmstream.schemas.vectors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times of an edit.
 *
 * @param eventTime when it was made; null = unknown
 * @param readAt when the updater read it
 * @param publishedAt when the updater published it
 */
public record EditTimes(@Nullable Instant eventTime, Instant readAt, Instant publishedAt) {}
