package io.realmstream.model.wikipedia;

import java.time.Instant;

/**
 * Times that are taken of pages: from 1990 to 2099. They become revisions of documents, and after
 * one of the year 9999 no later edit could win.
 */
public final class PlausibleTimes {
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  private PlausibleTimes() {}

  public static boolean has(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }
}
