package io.realmstream.schemas.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339, section 5.6, writes them: {@code 2026-03-01T10:30:00.5+01:00}, with any number
 * of digits behind the point, every offset up to 23:59 ({@code -00:00} is UTC), letters of either
 * case, and leap seconds.
 */
final class Rfc3339 {
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
              + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

  private static final int LEAP_SECOND = 60;
  private static final int DAY_SECONDS = 86_400;
  private static final int NANO_DIGITS = 9;

  private Rfc3339() {}

  /**
   * The instant; digits behind nanoseconds are cut, a leap second is the one before. Null when the
   * text is no such time.
   */
  static @Nullable Instant parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int second = number(time, 6);
    boolean leap = second == LEAP_SECOND;
    try {
      long local =
          LocalDateTime.of(
                  number(time, 1),
                  number(time, 2),
                  number(time, 3),
                  number(time, 4),
                  number(time, 5),
                  leap ? LEAP_SECOND - 1 : second)
              .toEpochSecond(ZoneOffset.UTC);
      long epochSecond = local - offset(time);
      boolean lastOfDay = Math.floorMod(epochSecond + 1, (long) DAY_SECONDS) == 0;
      return leap && !lastOfDay ? null : Instant.ofEpochSecond(epochSecond, nanos(time.group(7)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Seconds that the local time is ahead of UTC. */
  private static int offset(Matcher time) {
    String sign = time.group(8);
    if (sign == null) {
      return 0;
    }
    int hours = number(time, 9);
    int minutes = number(time, 10);
    if (hours > 23 || minutes > 59) {
      throw new DateTimeException("offset");
    }
    int seconds = (hours * 60 + minutes) * 60;
    return sign.equals("-") ? -seconds : seconds;
  }

  private static int nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    String digits = fraction + "0".repeat(NANO_DIGITS);
    return Integer.parseInt(digits.substring(0, NANO_DIGITS));
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }
}
