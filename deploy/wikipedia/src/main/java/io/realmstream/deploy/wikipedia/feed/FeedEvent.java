package io.realmstream.deploy.wikipedia.feed;

import org.jspecify.annotations.Nullable;

/**
 * An event of a feed.
 *
 * @param data as it came
 * @param gap the gap before it; null = none
 */
public record FeedEvent(byte[] data, Glance glance, @Nullable Gap gap) {}
