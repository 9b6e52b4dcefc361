package io.realmstream.model.wikipedia;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A page of a wiki that lives through a random history, and says what a feed would say of it. It
 * may come back under other numbers.
 */
final class WikiPage {
  private static final long DAY_MS = 86_400_000;

  private final Random random;
  final List<Statement> said = new ArrayList<>();
  private final Map<Long, String> hashes = new HashMap<>();
  private final Set<Long> hidden = new HashSet<>();

  /** Numbers that the page had before. */
  private final Set<Long> former = new TreeSet<>();

  private long now = 1_000 * DAY_MS;
  private long number = 100;
  private long current;
  private boolean gone;
  private long pageId = 974;
  private boolean redirect;
  private String title = "A";

  WikiPage(Random random) {
    this.random = random;
    edit(StatementKind.CREATE, false);
  }

  void live(int steps) {
    for (int i = 0; i < steps; i++) {
      now += 1_000L * (1 + random.nextInt(600));
      step(random.nextInt(10));
    }
  }

  private void step(int what) {
    if (gone) {
      if (what == 9) {
        renumber();
      }
      undelete(what < 3);
      return;
    }
    switch (what) {
      case 0 -> {
        title = title.equals("A") ? "B" : "A";
        edit(StatementKind.MOVE, true);
      }
      case 1 -> delete(random.nextBoolean() ? StatementKind.DELETE : StatementKind.SUPPRESS);
      case 2 -> hide(current);
      case 3 -> {
        hidden.remove(current);
        say(StatementKind.SHOW);
      }
      case 4 -> {
        redirect = !redirect;
        edit(StatementKind.EDIT, false);
      }
      case 5 -> edit(StatementKind.EDIT, true);
      case 6 -> look();
      case 7 -> hide(any(hashes.keySet()));
      default -> edit(StatementKind.EDIT, false);
    }
  }

  private void edit(StatementKind kind, boolean sameText) {
    String hash = sameText ? hash() : "text " + random.nextInt(1_000_000);
    number += 1 + random.nextInt(3);
    current = number;
    hashes.put(current, hash);
    // some are imported: the revision is years old, the feed has it now
    long made = random.nextInt(10) == 0 ? now - 900 * DAY_MS : now;
    said.add(statement(kind, made));
  }

  private void delete(StatementKind kind) {
    gone = true;
    said.add(
        new Statement(
            "enwiki",
            pageId,
            kind,
            now,
            now,
            kind == StatementKind.SUPPRESS ? PageFacts.NONE : facts(),
            new RevisionFacts(current, 0, "", 0, true),
            null));
  }

  /** The feed of hidden revisions tells of any, that of pages only of the current one. */
  private void hide(long revision) {
    hidden.add(revision);
    said.add(
        new Statement(
            "enwiki",
            pageId,
            StatementKind.HIDE_REVISION,
            now,
            now,
            PageFacts.NONE,
            new RevisionFacts(revision, 0, "", 0, false),
            null));
    if (revision == current) {
      say(StatementKind.HIDE);
    }
  }

  /** What comes back has another number from now on. */
  private void renumber() {
    said.add(ended(StatementKind.RENUMBERED, pageId));
    former.add(pageId++);
  }

  private Statement ended(StatementKind kind, long page) {
    return new Statement("enwiki", page, kind, now, now, PageFacts.NONE, RevisionFacts.NONE, null);
  }

  /** The whole history, or only a part of it that ends before the revision that was deleted. */
  private void undelete(boolean part) {
    gone = false;
    if (part) {
      long below = current;
      List<Long> lower = hashes.keySet().stream().filter(id -> id < below).toList();
      current = lower.isEmpty() ? current : any(lower);
    }
    say(StatementKind.UNDELETE);
  }

  private long any(Collection<Long> revisions) {
    return List.copyOf(revisions).get(random.nextInt(revisions.size()));
  }

  private void say(StatementKind kind) {
    said.add(statement(kind, now));
  }

  /** What an audit says now, more than a feed's lag behind everything else. */
  void look() {
    now += 120_000;
    former.forEach(page -> said.add(ended(StatementKind.SEEN_GONE, page)));
    if (gone) {
      said.add(ended(StatementKind.SEEN_GONE, pageId));
    } else {
      say(hidden.contains(current) ? StatementKind.SEEN_HIDDEN : StatementKind.SEEN_PRESENT);
    }
    now += 120_000;
  }

  private Statement statement(StatementKind kind, long time) {
    boolean visible = !hidden.contains(current);
    return new Statement(
        "enwiki",
        pageId,
        kind,
        time,
        now,
        facts(),
        new RevisionFacts(current, time, hash(), 0, visible),
        null);
  }

  private String hash() {
    return Objects.requireNonNull(hashes.get(current));
  }

  private PageFacts facts() {
    return new PageFacts(title, 0, redirect, "wikitext");
  }

  /** What a reader of the wiki sees now under each number: title and text, or nothing. */
  Map<Long, String> seen() {
    Map<Long, String> seen = new TreeMap<>();
    former.forEach(page -> seen.put(page, ""));
    boolean shown = !gone && !redirect && !hidden.contains(current);
    seen.put(pageId, shown ? title + ": " + hash() : "");
    return seen;
  }
}
