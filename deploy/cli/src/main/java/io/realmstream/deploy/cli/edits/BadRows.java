package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Position;
import java.util.function.Consumer;

/**
 * Counts bad rows and lists them. A file whose first row is bad is likely to be something else: of
 * it ten are listed at most.
 */
final class BadRows {
  private static final int LISTED_MAX = 10;

  private final Consumer<String> messages;
  private String file = "";
  private boolean firstWasBad;
  private int listed;
  private long count;

  BadRows(Consumer<String> messages) {
    this.messages = messages;
  }

  /** To be told of every row, good ones as well. */
  void next(InputRow row, boolean bad) {
    if (!row.position().file().equals(file)) {
      file = row.position().file();
      firstWasBad = bad;
      listed = 0;
    }
  }

  void add(Position position, String problem) {
    count++;
    listed++;
    if (!firstWasBad || listed < LISTED_MAX) {
      messages.accept(position + ": " + Excerpt.message(problem));
    } else if (listed == LISTED_MAX) {
      messages.accept(position + ": bad as well; more of this file are counted, not listed");
    }
  }

  long count() {
    return count;
  }
}
