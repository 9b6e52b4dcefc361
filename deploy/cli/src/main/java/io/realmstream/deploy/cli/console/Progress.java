package io.realmstream.deploy.cli.console;

import java.time.Clock;

/** Shows how far a long task is, on stderr. */
public interface Progress extends AutoCloseable {
  /** A bar on a terminal, lines elsewhere. */
  static Progress on(Streams streams, String task, String things) {
    return streams.onTerminal()
        ? new ProgressOnTerminal(task, things)
        : new ProgressLines(streams.err(), task + " ", things, Clock.systemUTC());
  }

  /**
   * May be called as often as one likes.
   *
   * @param total as far as known; 0 = unknown
   */
  void update(long done, long total);

  /** A line that stays. */
  void message(String line);

  @Override
  void close();
}
