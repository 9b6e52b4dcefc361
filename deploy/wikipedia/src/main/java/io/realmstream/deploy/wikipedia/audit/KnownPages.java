package io.realmstream.deploy.wikipedia.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a wiki that the knowledge base holds, each with its revision there. About a hundred
 * bytes a page.
 */
public final class KnownPages {
  private static final long SEEN = -1;

  /** Id of a page's document. */
  private static final Pattern PAGE = Pattern.compile("([a-z0-9_]+):([0-9]{1,18})");

  /** By the page's number; {@link #SEEN} once the sweep has met it. */
  private final Map<Long, Long> revisions;

  /**
   * @param revisions the wiki's number of the revision, by page number
   */
  KnownPages(Map<Long, Long> revisions) {
    this.revisions = new HashMap<>(revisions);
  }

  /** Reads the topic of accepted edits; takes as long as that does. */
  public static KnownPages read(Connection connection, String wiki) {
    Map<Long, Long> revisions = new HashMap<>();
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().acceptedDocuments())) {
      replay.forEach(record -> take(record.key(), record.value(), wiki, revisions));
    }
    return new KnownPages(revisions);
  }

  /**
   * Takes a record of accepted edits; of what is no page of the wiki nothing is taken.
   *
   * @param value null = a deletion
   */
  static void take(
      byte @Nullable [] key, byte @Nullable [] value, String wiki, Map<Long, Long> revisions) {
    Matcher id = PAGE.matcher(key == null ? "" : new String(key, UTF_8));
    if (!id.matches() || !id.group(1).equals(wiki)) {
      return;
    }
    Long pageId = Long.valueOf(id.group(2));
    Long revisionId = value == null ? null : revisionId(value);
    if (revisionId == null) {
      revisions.remove(pageId);
    } else {
      revisions.put(pageId, revisionId);
    }
  }

  private static @Nullable Long revisionId(byte[] edit) {
    try {
      JsonNode number = Json.MAPPER.readTree(edit).path("source").path("revisionId");
      return number.isIntegralNumber() ? Long.valueOf(number.asLong()) : null;
    } catch (IOException e) {
      return null; // a dead letter of the updater
    }
  }

  /** Whether the page is held at that revision; the sweep has met it. */
  boolean meets(long pageId, long revisionId) {
    Long known = revisions.put(pageId, SEEN);
    return known != null && (known == SEEN || known == revisionId);
  }

  /** The sweep has met the page already. */
  void met(long pageId) {
    revisions.put(pageId, SEEN);
  }

  /** Those that the sweep has not met, in order. */
  List<Long> unmet() {
    List<Long> unmet = new ArrayList<>();
    revisions.forEach(
        (page, revision) -> {
          if (revision != SEEN) {
            unmet.add(page);
          }
        });
    unmet.sort(null);
    return unmet;
  }

  public int count() {
    return revisions.size();
  }
}
