package io.realmstream.model.freshness;

/**
 * Where a partition began and ended when it was looked at.
 *
 * @param begin offset of its first record
 * @param end offset behind its last record, that of an open transaction included
 * @param emptyFrom from here up to {@code emptyTo} there is no record that a reader could read,
 *     only marks of transactions or what they took back; equal = nothing is known
 */
public record LogSpan(long begin, long end, long emptyFrom, long emptyTo) {

  /** Of a partition of which no more is known. */
  public LogSpan(long begin, long end) {
    this(begin, end, begin, begin);
  }
}
