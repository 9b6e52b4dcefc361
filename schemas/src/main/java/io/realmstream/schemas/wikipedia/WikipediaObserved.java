package io.realmstream.schemas.wikipedia;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import java.time.Instant;

/**
 * How a page was observed: by an import in a dump, or by an audit at the wiki itself. It settles
 * what the feed left in doubt. It is a value of the topic of Wikipedia events, beside events of the
 * public feed.
 *
 * @param $schema always {@link #SCHEMA}, by which readers of the topic know the record
 * @param wiki the wiki's database name: {@code enwiki}
 * @param pageId the wiki's number of the page
 * @param observedAt as of when, by the wiki's clock ({@code curtimestamp} of its API): of a dump
 *     the moment when it was begun, never when it was read
 */
public record WikipediaObserved(
    String $schema,
    String wiki,
    long pageId,
    Instant observedAt,
    ObservedState state,
    @JsonUnwrapped ObservedPage page,
    @JsonUnwrapped ObservedRevision revision) {
  /** The schema that such a record names. */
  public static final String SCHEMA = "/realm/wikipedia/observed/1";

  /** Refuses another schema, a wiki without a name and a page without a number. */
  public WikipediaObserved {
    if (!$schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("$schema: must be " + SCHEMA + " (is " + $schema + ")");
    }
    Limits.checkId("wiki", wiki);
    Limits.checkAtLeast("pageId", pageId, 1);
  }

  /** The record's key, and the id of the page's document: {@code enwiki:974}. */
  public String key() {
    return key(wiki, pageId);
  }

  /** The key of any record that speaks of a page. */
  public static String key(String wiki, long pageId) {
    return wiki + ":" + pageId;
  }
}
