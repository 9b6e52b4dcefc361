package io.realmstream.model.wikipedia;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** A page of a wiki that lives through a random history, and says what a feed would say of it. */
final class WikiPage {
  private static final long DAY_MS = 86_400_000;

  private final Random random;
  final List<Statement> said = new ArrayList<>();
  private final Map<Long, String> hashes = new HashMap<>();
  private final Set<Long> hidden = new HashSet<>();
  private long now = 1_000 * DAY_MS;
  private long number = 100;
  private long current;
  private boolean gone;
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
      undelete(what < 3);
      return;
    }
    switch (what) {
      case 0 -> {
        title = title.equals("A") ? "B" : "A";
        edit(StatementKind.MOVE, true);
      }
      case 1 -> delete(random.nextBoolean() ? StatementKind.DELETE : StatementKind.SUPPRESS);
      case 2 -> {
        hidden.add(current);
        say(StatementKind.HIDE);
      }
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
            974,
            kind,
            now,
            now,
            kind == StatementKind.SUPPRESS ? PageFacts.NONE : facts(),
            new RevisionFacts(current, 0, "", 0, true),
            null));
  }

  /** The whole history, or only a part of it that ends before the revision that was deleted. */
  private void undelete(boolean part) {
    gone = false;
    if (part) {
      long below = current;
      List<Long> lower = hashes.keySet().stream().filter(id -> id < below).toList();
      current = lower.isEmpty() ? current : lower.get(random.nextInt(lower.size()));
    }
    say(StatementKind.UNDELETE);
  }

  private void say(StatementKind kind) {
    said.add(statement(kind, now));
  }

  /** What an audit says now, more than a feed's lag behind everything else. */
  void look() {
    now += 120_000;
    if (gone) {
      said.add(
          new Statement(
              "enwiki",
              974,
              StatementKind.SEEN_GONE,
              now,
              now,
              PageFacts.NONE,
              RevisionFacts.NONE,
              null));
    } else {
      say(hidden.contains(current) ? StatementKind.SEEN_HIDDEN : StatementKind.SEEN_PRESENT);
    }
    now += 120_000;
  }

  private Statement statement(StatementKind kind, long time) {
    boolean visible = !hidden.contains(current);
    return new Statement(
        "enwiki",
        974,
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

  /** What a reader of the wiki sees now: title and text, or nothing. */
  String seen() {
    boolean shown = !gone && !redirect && !hidden.contains(current);
    return shown ? title + ": " + hash() : "";
  }
}
