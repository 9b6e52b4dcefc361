package io.realmstream.deploy.wikipedia.feed;

import java.time.Instant;

/** A time of which the feed tells nothing. */
public record Gap(Instant from, Instant to) {}
