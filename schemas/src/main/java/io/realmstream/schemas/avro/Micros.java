package io.realmstream.schemas.avro;

import io.realmstream.schemas.Times;
import java.time.Instant;

/** Instants as microseconds since 1970, Avro's timestamp-micros. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  /** Cuts what is finer towards the past. */
  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
  }

  /** The same of a field that a record carries: refuses what JSON could not say again. */
  static Instant instant(String field, long micros) {
    return Times.check(field, instant(micros));
  }
}
