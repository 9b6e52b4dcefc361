package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.wikipedia.PlausibleTimes;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date in a dump's name: {@code enwiki-20260401-...} or {@code enwiki-2026-04-01-...}. */
final class DumpDate {
  private static final Pattern DATE =
      Pattern.compile("(?<![0-9])(20[0-9]{2})-?([0-9]{2})-?([0-9]{2})(?![0-9])");

  private DumpDate() {}

  /** A date that somebody gave; each page of the dump will bear it. */
  static Instant checked(Instant date) {
    if (!PlausibleTimes.has(date)) {
      throw CommandFailure.usage("--date must be from 1990 to 2099 (is " + date + ")");
    }
    return date;
  }

  /** The beginning of that day, since a dump holds no page as it was earlier. */
  static Instant of(Path file) {
    Matcher date = DATE.matcher(String.valueOf(file.getFileName()));
    try {
      if (date.find()) {
        return LocalDate.of(
                Integer.parseInt(date.group(1)),
                Integer.parseInt(date.group(2)),
                Integer.parseInt(date.group(3)))
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw CommandFailure.usage(
        "--date is missing: " + file.getFileName() + " has none in its name");
  }
}
