package io.realmstream.model.freshness;

/**
 * How far a partition has been read.
 *
 * @param next offset of the record to be read next; negative = not known yet
 * @param throughMs every record with a Kafka timestamp up to this has been read; {@link #NOTHING} =
 *     nothing is known
 */
public record PartitionRead(int partition, long next, long throughMs) {
  public static final long NOTHING = Long.MIN_VALUE;
}
