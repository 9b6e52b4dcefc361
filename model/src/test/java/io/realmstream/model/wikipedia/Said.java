package io.realmstream.model.wikipedia;

import java.util.Set;

/** Statements about one page, as tests write them. */
record Said(long number, long timeMs, String title, String hash) {
  static final DecisionTable TABLE = new DecisionTable(new Scope(Set.of(0), false));

  static Said of(long number, long timeMs) {
    return new Said(number, timeMs, "Ada Lovelace", "hash of " + number);
  }

  Said titled(String title) {
    return new Said(number, timeMs, title, hash);
  }

  Said hashed(String hash) {
    return new Said(number, timeMs, title, hash);
  }

  Statement is(StatementKind kind) {
    return is(kind, new PageFacts(title, 0, false, "wikitext"), 0);
  }

  Statement is(StatementKind kind, PageFacts page, long prior) {
    return new Statement(
        "enwiki",
        974,
        kind,
        timeMs,
        timeMs,
        page,
        new RevisionFacts(number, timeMs, hash, prior, true),
        null);
  }

  Statement redirect(StatementKind kind) {
    return is(kind, new PageFacts(title, 0, true, "wikitext"), 0);
  }

  /** The state after statements, one behind the other. */
  static PageState after(Statement... statements) {
    PageState state = PageState.NOTHING;
    for (Statement statement : statements) {
      state = TABLE.decide(state, statement).next();
    }
    return state;
  }
}
