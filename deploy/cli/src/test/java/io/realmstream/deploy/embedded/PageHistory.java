package io.realmstream.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikitext.facts.Entities;
import io.realmstream.model.wikitext.facts.Entities.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a page in order, two seconds apart, so that a minute holds thirty of them. A
 * page's revisions have numbers one after the other.
 */
record PageHistory(List<Revision> revisions) {
  private static final Instant BEGIN = Instant.parse("2026-03-01T09:30:00Z");
  private static final int SECONDS_APART = 2;
  private static final int REVISIONS_MAX = 1_000;
  private static final String[] THINGS = {"goats", "towers", "rivers", "lamps", "bridges", "songs"};

  /**
   * A revision.
   *
   * @param prior number of the one before; 0 = there is none
   * @param text wikitext; null = hidden
   */
  record Revision(PageEvent event, long prior, @Nullable String text) {
    /** The feed's event of it, whose text is to be fetched. */
    ProducerRecord<byte[], byte[]> edit() {
      return event.edit(prior, text == null ? "" : ContentHash.of(text));
    }
  }

  /**
   * Reads a file with a revision a line, JSON with {@code title} and {@code text}, which may be
   * null; entities are escaped once more than the page's. Its numbers and times are not taken:
   * among old ones a later revision has a lower number.
   */
  static PageHistory read(Path file) throws IOException {
    List<Revision> revisions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = Json.MAPPER.readTree(line);
      String text = row.path("text").isTextual() ? unescaped(row.path("text").asText()) : null;
      revisions.add(revision(1, row.path("title").asText(), revisions.size(), text));
    }
    return new PageHistory(revisions);
  }

  /**
   * Histories of ours: paragraphs are changed, added, blanked and brought back, and some texts are
   * hidden, of every third page the last one.
   */
  static List<PageHistory> written(int pages, int revisions) {
    List<PageHistory> histories = new ArrayList<>();
    for (int page = 1; page <= pages; page++) {
      histories.add(ofPage(page, revisions));
    }
    return histories;
  }

  private static PageHistory ofPage(int page, int count) {
    Random random = new Random(page);
    List<String> paragraphs = new ArrayList<>();
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isBlanked = i % 7 == 3;
      if (!isBlanked && (paragraphs.size() < 4 || random.nextInt(4) == 0)) {
        paragraphs.add(paragraph(random));
      } else if (!isBlanked) {
        paragraphs.set(random.nextInt(paragraphs.size()), paragraph(random));
      }
      boolean isHidden = i == count / 2 || (i == count - 1 && page % 3 == 0);
      String text = isBlanked ? "Nothing to see." : String.join("\n\n", paragraphs);
      revisions.add(revision(page, "Village " + page, i, isHidden ? null : text));
    }
    return new PageHistory(revisions);
  }

  private static String paragraph(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append("The village has {{formatnum:%d}} ".formatted(1_000 + random.nextInt(9_000)))
          .append("'''" + THINGS[random.nextInt(THINGS.length)] + "''' ")
          .append("[[since]] %d.<ref>A book</ref> ".formatted(1_500 + random.nextInt(500)));
    }
    return text.toString();
  }

  private static Revision revision(long page, String title, int index, @Nullable String text) {
    long number = REVISIONS_MAX * page + index;
    Instant time = BEGIN.plusSeconds((long) SECONDS_APART * index);
    PageEvent event = new PageEvent(page, title, number, time);
    return new Revision(event, index == 0 ? 0 : number - 1, text);
  }

  /** The page's own wikitext. */
  private static String unescaped(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); ) {
      Entity entity = escaped.charAt(i) == '&' ? Entities.at(escaped, i) : null;
      text.append(entity == null ? escaped.substring(i, i + 1) : entity.character());
      i += entity == null ? 1 : entity.length();
    }
    return text.toString();
  }
}
