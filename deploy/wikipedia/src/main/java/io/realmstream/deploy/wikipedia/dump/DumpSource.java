package io.realmstream.deploy.wikipedia.dump;

import java.io.IOException;
import java.time.Instant;

/**
 * Which wiki a dump is of, and as of when.
 *
 * @param wiki the wiki's database name, for instance {@code enwiki}
 * @param date what was true then is in the dump
 */
public record DumpSource(String wiki, Instant date) {
  /**
   * Refuses another wiki's dump.
   *
   * @param found the wiki that a dump names
   */
  void check(String found) throws IOException {
    if (!found.equals(wiki)) {
      throw new IOException("it is a dump of " + found + ", not of " + wiki);
    }
  }
}
