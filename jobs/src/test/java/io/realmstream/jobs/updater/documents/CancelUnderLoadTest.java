package io.realmstream.jobs.updater.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thread that outlives its task would touch a closed model or backend, and end the process. */
class CancelUnderLoadTest {
  private static final Shards SHARDS = new Shards(DocumentsHarness.SHARDS);
  private static final AtomicInteger PUBLISHED = new AtomicInteger();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(
                  new Configuration().set(StateBackendOptions.STATE_BACKEND, "rocksdb"))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @RepeatedTest(5)
  void cancelledJobLeavesNoThreadBehindAndTheNextOneRuns() throws Exception {
    PUBLISHED.set(0);
    JobClient job = submit();
    await().atMost(Duration.ofMinutes(2)).until(() -> PUBLISHED.get() > 50);

    job.cancel().get();

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
    await().atMost(Duration.ofMinutes(1)).until(() -> embeddingThreads() == 0);
    assertThat(PUBLISHED.get()).isGreaterThan(50);
  }

  private static long embeddingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("embed-"))
        .count();
  }

  /** Edits without an end, checkpoints in quick succession. */
  private static JobClient submit() throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    env.setMaxParallelism(DocumentsHarness.SHARDS);
    env.enableCheckpointing(100);
    DataStream<ShardEdit> edits =
        env.fromSequence(0, Long.MAX_VALUE)
            .map(CancelUnderLoadTest::edit, TypeInformation.of(ShardEdit.class));
    DataStream<ShardEvent> versions =
        env.fromSequence(0, DocumentsHarness.SHARDS - 1)
            .map(
                shard -> new ShardEvent(shard.intValue(), 1, DocumentsHarness.table()),
                TypeInformation.of(ShardEvent.class));
    DocumentsSettings updater = TestSettings.of(1, 100, TestSettings.REUSE);
    edits
        .keyBy(edit -> SHARDS.key(edit.shard()), Types.INT)
        .connect(versions.keyBy(event -> SHARDS.key(event.shard()), Types.INT))
        .transform(
            "documents",
            TypeInformation.of(OutboundRecord.class),
            new DocumentsOperatorFactory(updater, DocumentsHarness.MODELS))
        .map(
            record -> {
              PUBLISHED.incrementAndGet();
              return record;
            },
            TypeInformation.of(OutboundRecord.class))
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync();
  }

  private static ShardEdit edit(long number) {
    String id = "d" + number % 1_000;
    DocumentEdit edit = DocumentsHarness.upsert(id, number, "This is text number " + number + ".");
    return ShardEdit.of(
        new ReceivedEdit(edit, SHARDS.ofDocument(id), 0, number, number, Instant.EPOCH),
        DocumentState.of(edit));
  }
}
