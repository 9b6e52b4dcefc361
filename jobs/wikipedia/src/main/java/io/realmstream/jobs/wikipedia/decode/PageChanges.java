package io.realmstream.jobs.wikipedia.decode;

import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events of the public feed, {@code mediawiki/page/change} and {@code
 * mediawiki/revision/visibility-change}, to statements. Read leniently: a minor version adds
 * fields. Source: the schemas of the repository wikimedia/schemas-event-primary.
 */
final class PageChanges {
  /** MediaWiki's titles have 255, and a namespace. */
  private static final int TITLE_BYTES_MAX = 1_024;

  private static final Set<String> LOG_KINDS = Set.of("insert", "update", "delete");

  private PageChanges() {}

  /**
   * Statements of a change of a page: about the page, and about the page number that it had before.
   */
  static List<Statement> ofChange(EventFields event) throws BadRecordException {
    String wiki = event.requiredText("wiki_id");
    EventFields page = event.object("page");
    long pageId = page.requiredId("page_id");
    EventFields revision = event.object("revision");
    StatementKind kind = kind(event, revision);
    long receivedMs = event.object("meta").timeMs("dt");
    long timeMs = timeMs(event, receivedMs);
    if (kind == StatementKind.UNKNOWN) {
      return List.of(said(wiki, pageId, kind, timeMs));
    }
    Statement statement =
        new Statement(
            wiki,
            pageId,
            kind,
            timeMs,
            receivedMs,
            page(page, revision),
            revision(event, timeMs),
            text(revision));
    long before = event.object("prior_state").object("page").id("page_id");
    if (kind != StatementKind.UNDELETE || before == 0 || before == pageId) {
      return List.of(statement);
    }
    return List.of(statement, said(wiki, before, StatementKind.RENUMBERED, timeMs));
  }

  /**
   * Statements that a revision was hidden; none if only its author or comment was hidden, or if it
   * is shown again.
   */
  static List<Statement> ofVisibility(EventFields event) throws BadRecordException {
    String wiki = event.requiredText("database");
    long pageId = event.requiredId("page_id");
    long revisionId = event.requiredId("rev_id");
    long timeMs = timeMs(event, event.object("meta").timeMs("dt"));
    if (event.object("visibility").flag("text", true)) {
      return List.of();
    }
    PageFacts page =
        new PageFacts(
            title(event),
            event.number("page_namespace"),
            event.flag("page_is_redirect", false),
            "");
    RevisionFacts revision =
        new RevisionFacts(revisionId, event.timeMs("rev_timestamp"), "", 0, false);
    return List.of(
        new Statement(
            wiki, pageId, StatementKind.HIDE_REVISION, timeMs, timeMs, page, revision, null));
  }

  /** A statement about a page of which the event says no more. */
  private static Statement said(String wiki, long pageId, StatementKind kind, long timeMs) {
    return new Statement(
        wiki, pageId, kind, timeMs, timeMs, PageFacts.NONE, RevisionFacts.NONE, null);
  }

  private static StatementKind kind(EventFields event, EventFields revision)
      throws BadRecordException {
    if (!LOG_KINDS.contains(event.text("changelog_kind"))) {
      return StatementKind.UNKNOWN;
    }
    return switch (event.text("page_change_kind")) {
      case "create" -> StatementKind.CREATE;
      case "edit" -> StatementKind.EDIT;
      case "move" -> StatementKind.MOVE;
      case "undelete" -> StatementKind.UNDELETE;
      case "visibility_change" ->
          revision.flag("is_content_visible", true) ? StatementKind.SHOW : StatementKind.HIDE;
      // whoever deleted, and what, is not told if it is suppressed
      case "delete" ->
          event.has("performer") && revision.has("content_slots")
              ? StatementKind.DELETE
              : StatementKind.SUPPRESS;
      default -> StatementKind.UNKNOWN;
    };
  }

  private static long timeMs(EventFields event, long receivedMs) throws BadRecordException {
    long timeMs = event.timeMs("dt");
    if (timeMs == 0 && receivedMs == 0) {
      throw event.refused("dt", "required");
    }
    return timeMs == 0 ? receivedMs : timeMs;
  }

  private static PageFacts page(EventFields page, EventFields revision) throws BadRecordException {
    return new PageFacts(
        title(page),
        page.number("namespace_id"),
        page.flag("is_redirect", false),
        main(revision).text("content_model"));
  }

  private static RevisionFacts revision(EventFields event, long timeMs) throws BadRecordException {
    EventFields revision = event.object("revision");
    EventFields main = main(revision);
    long madeMs = revision.timeMs("rev_dt");
    String body = main.text("content_body");
    String hash = main.text("content_sha1");
    return new RevisionFacts(
        revision.requiredId("rev_id"),
        madeMs == 0 ? timeMs : madeMs,
        hash.isEmpty() && !body.isEmpty() ? ContentHash.of(body) : hash,
        event.object("prior_state").object("revision").id("rev_id"),
        revision.flag("is_content_visible", true));
  }

  private static @Nullable PageText text(EventFields revision) throws BadRecordException {
    EventFields main = main(revision);
    boolean carried = main.has("content_body") && revision.flag("is_content_visible", true);
    return carried ? new PageText(main.text("content_body"), TextFormat.WIKITEXT, false) : null;
  }

  private static EventFields main(EventFields revision) throws BadRecordException {
    return revision.object("content_slots").object("main");
  }

  private static String title(EventFields page) throws BadRecordException {
    String title = page.text("page_title");
    if (Utf8.bytes(title) > TITLE_BYTES_MAX) {
      throw page.refused("page_title", "must be at most " + TITLE_BYTES_MAX + " bytes");
    }
    return title.replace('_', ' ');
  }
}
