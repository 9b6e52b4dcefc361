/** A wiki's public feed of server-sent events, read for years on end; nothing is known of Kafka. */
@NullMarked
package io.realmstream.deploy.wikipedia.feed;

import org.jspecify.annotations.NullMarked;
