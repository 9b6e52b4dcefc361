package io.realmstream.schemas.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an edit has come, and when.
 *
 * @param readAt when the updater read it
 * @param publishedAt when its vectors left the updater; null when nothing was published
 * @param answerableAt when answers began to see it; null when they never will
 */
public record EditProgress(
    Instant readAt, @Nullable Instant publishedAt, @Nullable Instant answerableAt) {}
