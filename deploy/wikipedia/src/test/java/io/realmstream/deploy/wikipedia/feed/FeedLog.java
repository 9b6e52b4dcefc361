package io.realmstream.deploy.wikipedia.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;

/**
 * The log of a local feed: two topics of as many events, one a second each. Events are numbered by
 * twice their offset, and one more in the second topic; the page's number tells them apart.
 *
 * @param offsets of each topic
 * @param withOffsets whether events say where they stand
 */
public record FeedLog(int offsets, boolean withOffsets) {
  private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");

  public static Instant time(int offset) {
    return START.plusSeconds(offset);
  }

  /** The first offset at a time or later. */
  static int offset(Instant time) {
    return (int) Math.max(0, Duration.between(START, time).toSeconds());
  }

  /** The event's page. */
  public static long pageId(int topic, int offset) {
    return 2L * offset + topic + 1;
  }

  /**
   * An event as the feed sends it.
   *
   * @param last offset of each topic that was sent last, this event among them
   */
  byte[] sent(int topic, int[] last) {
    return sent(data(topic, last[topic], "edit"), last);
  }

  /** Any data, with the id of a position. */
  static byte[] sent(String data, int[] last) {
    String id =
        "[{\"topic\":\"eqiad\",\"partition\":0,\"timestamp\":%d},{\"topic\":\"codfw\",\"partition\":0,\"timestamp\":%d}]"
            .formatted(time(last[0]).toEpochMilli(), time(last[1]).toEpochMilli());
    return ("event: message\nid: " + id + "\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  private String data(int topic, int offset, String comment) {
    String place =
        withOffsets
            ? ",\"topic\":\"%s\",\"partition\":0,\"offset\":%d"
                .formatted(topic == 0 ? "eqiad" : "codfw", offset)
            : "";
    return """
    {"$schema":"/mediawiki/page/change/1.2.0","meta":{"dt":"%s","domain":"en.wikipedia.org"%s},\
    "changelog_kind":"update","page_change_kind":"edit","wiki_id":"enwiki",\
    "page":{"page_id":%d,"page_title":"A","namespace_id":0},"revision":{"rev_id":7,\
    "comment":"%s","content_slots":{"main":{"content_body":"A text."}}}}\
    """
        .formatted(time(offset), place, pageId(topic, offset), comment);
  }
}
