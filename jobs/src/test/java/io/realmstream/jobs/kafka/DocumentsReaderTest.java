package io.realmstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.graph.DocumentsRecord;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over brokers of which every question fails. */
@Timeout(60)
@SuppressWarnings("try") // as DelegatingReader
class DocumentsReaderTest {
  @SuppressWarnings("unchecked") // it is made as one
  private static final ReaderOutput<DocumentsRecord> NO_OUTPUT =
      (ReaderOutput<DocumentsRecord>) nothing(ReaderOutput.class);

  /** How the next looks fail; behind them an Error. */
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  @SuppressWarnings("unchecked") // it is made as one
  private final DocumentsReader reader =
      new DocumentsReader(
          (SourceReader<InboundRecord, KafkaPartitionSplit>) nothing(SourceReader.class),
          new KafkaLookout("documents", new Properties(), 0, brokers()),
          new SimpleCounter());

  @AfterEach
  void close() throws Exception {
    reader.close();
  }

  /** No more looks come behind an Error: the claim would stand still unheard. */
  @Test
  void errorOfALookFailsTheTask() throws Exception {
    start();
    reader.isAvailable().get(30, TimeUnit.SECONDS);

    assertThatThrownBy(() -> reader.pollNext(NO_OUTPUT))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void exceptionOfALookWakesNobodyAndTheNextLookComes() throws Exception {
    failures.add(new TimeoutException("no broker"));
    start();
    reader.isAvailable().get(30, TimeUnit.SECONDS);

    assertThat(failures).isEmpty();
    assertThatThrownBy(() -> reader.pollNext(NO_OUTPUT))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  private void start() {
    reader.addSplits(List.of(new KafkaPartitionSplit(new TopicPartition("documents", 0), 7)));
    reader.start();
  }

  private Admin brokers() {
    return (Admin)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Admin.class},
            (self, call, arguments) -> {
              if (call.getName().equals("close")) {
                return null;
              }
              RuntimeException failure = failures.poll();
              if (failure != null) {
                throw failure;
              }
              throw new OutOfMemoryError("Java heap space");
            });
  }

  /** A reader, or an output, that has nothing. */
  private static Object nothing(Class<?> type) {
    return Proxy.newProxyInstance(
        DocumentsReaderTest.class.getClassLoader(),
        new Class<?>[] {type},
        (self, call, arguments) ->
            switch (call.getName()) {
              case "isAvailable" -> new CompletableFuture<Void>();
              case "pollNext" -> InputStatus.NOTHING_AVAILABLE;
              default -> null;
            });
  }
}
