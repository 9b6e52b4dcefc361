package io.realmstream.jobs.wikipedia.decode;

import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.PlausibleTimes;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.TextFormat;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what imports and audits saw into statements. */
final class Observations {
  private Observations() {}

  static Statement of(WikipediaObserved observed) throws BadRecordException {
    boolean present = observed.state() == ObservedState.PRESENT;
    long timeMs = timeMs(observed);
    return new Statement(
        observed.wiki(),
        observed.pageId(),
        kind(observed.state()),
        timeMs,
        timeMs,
        present ? page(observed.page()) : PageFacts.NONE,
        revision(observed.revision(), present),
        present ? text(observed.revision()) : null);
  }

  /**
   * Whoever saw a revision looked no earlier than it was made: a dump holds some of after its date.
   */
  private static long timeMs(WikipediaObserved observed) throws BadRecordException {
    long observedMs = plausibleMs("observedAt", observed.observedAt());
    Instant made = observed.revision().revisionTime();
    return made == null ? observedMs : Math.max(observedMs, plausibleMs("revisionTime", made));
  }

  private static long plausibleMs(String field, Instant time) throws BadRecordException {
    if (!PlausibleTimes.has(time)) {
      throw new BadRecordException(field + ": must be a time from 1990 to 2099");
    }
    return time.toEpochMilli();
  }

  private static StatementKind kind(ObservedState state) {
    return switch (state) {
      case PRESENT -> StatementKind.SEEN_PRESENT;
      case GONE -> StatementKind.SEEN_GONE;
      case HIDDEN -> StatementKind.SEEN_HIDDEN;
    };
  }

  private static PageFacts page(ObservedPage page) throws BadRecordException {
    return new PageFacts(
        required("title", page.title()),
        required("namespace", page.namespace()),
        required("redirect", page.redirect()),
        required("contentModel", page.contentModel()));
  }

  private static RevisionFacts revision(ObservedRevision revision, boolean present)
      throws BadRecordException {
    if (!present) {
      return new RevisionFacts(
          Objects.requireNonNullElse(revision.revisionId(), 0L), 0, "", 0, true);
    }
    Instant made = required("revisionTime", revision.revisionTime());
    String text = revision.text();
    boolean hashed = text != null && revision.format() != TextFormat.PLAIN;
    return new RevisionFacts(
        required("revisionId", revision.revisionId()),
        made.toEpochMilli(),
        hashed ? ContentHash.of(Objects.requireNonNull(text)) : "",
        0,
        true);
  }

  private static @Nullable PageText text(ObservedRevision revision) {
    TextFormat format = Objects.requireNonNullElse(revision.format(), TextFormat.WIKITEXT);
    return revision.text() == null ? null : new PageText(revision.text(), format, false);
  }

  private static <T> T required(String field, @Nullable T value) throws BadRecordException {
    if (value == null) {
      throw new BadRecordException(field + ": required of a page that is PRESENT");
    }
    return value;
  }
}
