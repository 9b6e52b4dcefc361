package io.realmstream.schemas.wikipedia;

import io.realmstream.schemas.Limits;
import java.time.Instant;

/**
 * A span of time of which the public feed held no events any more for the process that reads it. It
 * is a value of the topic of Wikipedia events, where those events would be.
 *
 * @param $schema always {@link #SCHEMA}, by which readers of the topic know the record
 * @param wiki the wiki's database name: {@code enwiki}
 * @param from nothing is known from here
 * @param to up to here
 */
public record WikipediaGap(String $schema, String wiki, Instant from, Instant to) {
  /** The schema that such a record names. */
  public static final String SCHEMA = "/realm/wikipedia/gap/1";

  /** Refuses another schema and a wiki without a name. */
  public WikipediaGap {
    if (!$schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("$schema: must be " + SCHEMA + " (is " + $schema + ")");
    }
    Limits.checkId("wiki", wiki);
  }
}
