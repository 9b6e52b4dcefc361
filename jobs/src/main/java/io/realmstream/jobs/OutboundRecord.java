package io.realmstream.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record ready to write.
 *
 * @param partition where to; {@link #BY_KEY} leaves the choice to the producer
 */
public record OutboundRecord(
    int partition, byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
  public static final int BY_KEY = -1;

  public static OutboundRecord byKey(byte[] key, byte[] value) {
    return new OutboundRecord(BY_KEY, key, value, List.of());
  }
}
