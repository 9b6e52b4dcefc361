package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.function.SerializableSupplier;

/** Where a graph's records come from and where they go: undecoded records of topics. */
public interface Ends {
  /**
   * What a topic has from {@code start} on, and what it gets.
   *
   * @param reader who reads, for instance {@code updater-documents}
   */
  Source<InboundRecord, ?, ?> source(String topic, String reader, OffsetsInitializer start);

  /**
   * The same from the topic's beginning on. The metric {@code recordsExpired} of the source counts
   * what left the topic while the job was away.
   */
  Source<InboundRecord, ?, ?> sourceCountingLoss(String topic, String reader);

  /** What a topic has when the job starts without restored state; then it ends. */
  Source<InboundRecord, ?, ?> sourceToEnd(String topic, String reader);

  /** The same as {@link #source}; each start, after a restore as well, reads again from there. */
  Source<InboundRecord, ?, ?> sourceAgain(String topic, String reader, OffsetsInitializer start);

  /** The documents topic from its beginning, and behind its records how far they are read. */
  Source<DocumentsRecord, ?, ?> documents(String topic, String reader);

  /** Takes records for a topic. */
  Sink<OutboundRecord> sink(String topic, DeliveryGuarantee delivery);

  /** Tells, whenever it is asked, the offset behind the last record of each partition. */
  SerializableSupplier<Map<Integer, Long>> logEnds(String topic);

  /** How many partitions a topic has; the topic must exist. */
  int partitions(String topic) throws ExecutionException, InterruptedException;

  /**
   * Refuses topics that have lost their order.
   *
   * @throws IllegalStateException see {@link io.realmstream.schemas.Topics#checkOrder}
   */
  void requireOrder() throws ExecutionException, InterruptedException;
}
