package io.realmstream.schemas.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Names something that was said of an index's freshness, so that whoever stamps a query can tell
 * what had been said by then without comparing clocks. It holds where the run that said it knows
 * the mark, and nowhere else.
 *
 * @param run of the job, any number; another after each of its starts
 * @param number grows by one with each mark of a run
 * @param through every edit with a Kafka timestamp up to here was answerable; null = nothing known
 */
public record FreshnessMark(long run, long number, @Nullable Instant through) {}
