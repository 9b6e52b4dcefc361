package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.TextFormat;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the feed says of a page of enwiki, as records of the topic of Wikipedia events.
 *
 * @param revision the page's current one
 * @param time of the event, and of the revision
 */
public record PageEvent(long page, String title, long revision, Instant time) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Id of the page's document. */
  public String key() {
    return WikipediaObserved.key("enwiki", page);
  }

  /** The same page later. */
  PageEvent at(Instant later) {
    return new PageEvent(page, title, revision, later);
  }

  /** What an import saw of it. */
  ProducerRecord<byte[], byte[]> observed(Instant observedAt, String wikitext) {
    WikipediaObserved observed =
        new WikipediaObserved(
            WikipediaObserved.SCHEMA,
            "enwiki",
            page,
            observedAt,
            ObservedState.PRESENT,
            new ObservedPage(title, 0, false, "wikitext"),
            new ObservedRevision(revision, time, wikitext, TextFormat.WIKITEXT));
    return record(Codecs.WIKIPEDIA_OBSERVED.encode(observed));
  }

  /** An edit whose text is to be fetched. */
  ProducerRecord<byte[], byte[]> edit() {
    return record(json("edit", "update"));
  }

  /**
   * The same of which more is said.
   *
   * @param prior the revision before; 0 = there is none
   * @param contentSha1 of its text; empty = not known
   */
  ProducerRecord<byte[], byte[]> edit(long prior, String contentSha1) {
    ObjectNode event = json("edit", "update");
    if (prior > 0) {
      event.withObject("/prior_state/revision").put("rev_id", prior);
    }
    if (!contentSha1.isEmpty()) {
      event.withObject("/revision/content_slots/main").put("content_sha1", contentSha1);
    }
    return record(event);
  }

  /** An edit that comes with its text, as on a Kafka cluster of one's own. */
  public ProducerRecord<byte[], byte[]> editWith(String wikitext) {
    ObjectNode event = json("edit", "update");
    event.withObject("/revision/content_slots/main").put("content_body", wikitext);
    return record(event);
  }

  /** The page is deleted, and who did it, and what it was, is not told. */
  ProducerRecord<byte[], byte[]> suppression() {
    ObjectNode event = json("delete", "delete");
    event.remove("performer");
    event.withObject("/revision").remove("content_slots");
    return record(event);
  }

  private ObjectNode json(String kind, String changelogKind) {
    ObjectNode event = JSON.createObjectNode();
    event.put("$schema", "/mediawiki/page/change/1.2.0");
    event.put("dt", time.toString());
    event.put("wiki_id", "enwiki");
    event.put("changelog_kind", changelogKind);
    event.put("page_change_kind", kind);
    event.putObject("performer");
    event.putObject("meta").put("domain", "en.wikipedia.org").put("dt", time.toString());
    event
        .putObject("page")
        .put("page_id", page)
        .put("page_title", title.replace(' ', '_'))
        .put("namespace_id", 0)
        .put("is_redirect", false);
    ObjectNode shown = event.putObject("revision");
    shown.put("rev_id", revision).put("rev_dt", time.toString()).put("is_content_visible", true);
    shown.putObject("content_slots").putObject("main").put("content_model", "wikitext");
    return event;
  }

  private ProducerRecord<byte[], byte[]> record(ObjectNode event) {
    return record(event.toString().getBytes(UTF_8));
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>(
        new Topics("realm").wikipediaEvents(), key().getBytes(UTF_8), value);
  }
}
