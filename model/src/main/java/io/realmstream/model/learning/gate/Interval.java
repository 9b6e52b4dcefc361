package io.realmstream.model.learning.gate;

/** A difference with its bounds; shares between -1 and 1. */
public record Interval(double difference, double lower, double upper) {}
