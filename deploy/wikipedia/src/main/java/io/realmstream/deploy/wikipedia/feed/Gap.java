package io.realmstream.deploy.wikipedia.feed;

import java.time.Instant;

/** A span of time of which the feed has no events. */
public record Gap(Instant from, Instant to) {}
