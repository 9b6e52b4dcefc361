package io.realmstream.deploy.wikipedia;

import java.time.Instant;

/** Times that the follower of wikis takes: from 1990 to 2099. Whatever has another is no page. */
public final class PlausibleTimes {
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  private PlausibleTimes() {}

  public static boolean has(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }
}
