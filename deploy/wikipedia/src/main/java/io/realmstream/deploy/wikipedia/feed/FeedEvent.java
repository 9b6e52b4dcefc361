package io.realmstream.deploy.wikipedia.feed;

import org.jspecify.annotations.Nullable;

/**
 * An event of a feed.
 *
 * @param data as it came
 * @param gap what the feed does not tell before it; null = nothing
 */
public record FeedEvent(byte[] data, Glance glance, @Nullable Gap gap) {}
