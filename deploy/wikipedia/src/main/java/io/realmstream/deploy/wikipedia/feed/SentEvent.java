package io.realmstream.deploy.wikipedia.feed;

import org.jspecify.annotations.Nullable;

/**
 * A server-sent event.
 *
 * @param id where the feed stands behind it; null = the server did not say
 * @param data empty if it was too long
 * @param tooLong whether it had more bytes than are taken; nothing of it is held
 */
record SentEvent(@Nullable String id, byte[] data, boolean tooLong) {}
