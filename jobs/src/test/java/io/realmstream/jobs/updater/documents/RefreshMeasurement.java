package io.realmstream.jobs.updater.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.IndexedVectors;
import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.updating.reuse.KnownOutputs.Effort;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a checkpoint with another projection alone costs, against one whose passages are
 * all to be embedded again: the documents operator on RocksDB, its records encoded and decoded as
 * the topic has them, and indexed by the retriever's operators, all in one process without a
 * broker. From the root of the project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "jobs/target/test-classes:deploy/cli/target/lib/*:FLINK-TEST-JARS" \
 *   io.realmstream.jobs.updater.documents.RefreshMeasurement PASSAGES COUNT
 * </pre>
 *
 * PASSAGES is a file of lines {id, title, text}, of which the first COUNT become documents of one
 * passage each. Both checkpoints are made of e5, one with a seeded 384 x 384 projection, one with a
 * limit of 287 tokens.
 */
public final class RefreshMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RetrieverCheckpoint E5 = DefaultCheckpoints.e5();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final DocumentsHarness documents;
  private final IndexedVectors index;
  private VersionTable table = VersionTable.EMPTY;
  private int complete;
  private int proposals;

  private RefreshMeasurement() throws Exception {
    documents = DocumentsHarness.open(new Place(1, 0, Integer.MAX_VALUE));
    index = new IndexedVectors(new Shards(DocumentsHarness.SHARDS));
  }

  /**
   * CPU times in ns: of the embedding threads, of the thread that publishes and indexes, of all.
   */
  private record Cost(long embed, long task, long all) {
    static Cost now() {
      long embed = 0;
      for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
        if (thread != null && thread.getThreadName().matches("embed-\\d+")) {
          embed += THREADS.getThreadCpuTime(thread.getThreadId());
        }
      }
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Cost(embed, THREADS.getCurrentThreadCpuTime(), system.getProcessCpuTime());
    }

    Cost since(Cost before) {
      return new Cost(embed - before.embed, task - before.task, all - before.all);
    }

    void print(String what, long passages) {
      System.out.printf(
          "%-11s %,d passages: embedding %.2f s, publishing and indexing %.2f s, all %.2f s of"
              + " CPU%n",
          what, passages, embed / 1e9, task / 1e9, all / 1e9);
    }
  }

  public static void main(String[] arguments) throws Exception {
    new RefreshMeasurement().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.exit(0); // native threads may stay
  }

  private void run(Path file, int count) throws Exception {
    propose(1, null, VersionState.BUILDING, E5);
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    await(1);
    load(file, count);
    propose(1, VersionState.ACTIVE, VersionState.READY, null);

    Cost projected = refresh(2, SeededProjection.of(E5, 5));
    long checked = documents.passages(Effort.CHECKED);
    projected.print("projection", documents.passages(Effort.REPROJECTED));
    System.out.printf("  %d of them embedded once more by the self-check%n", checked);
    propose(2, VersionState.BUILDING, VersionState.RETIRED, null);

    long before = documents.passages(Effort.EMBEDDED);
    Cost everything = refresh(3, limited());
    long embedded = documents.passages(Effort.EMBEDDED) - before;
    everything.print("everything", embedded);
    double each =
        1.0 * everything.embed() / (embedded + documents.passages(Effort.CHECKED) - checked);
    System.out.printf(
        "embedding: 1/%.0f, without the self-check 1/%.0f; all: 1/%.1f; answerable %,d%n",
        1.0 * everything.embed() / projected.embed(),
        (everything.embed() - checked * each) / Math.max(1, projected.embed() - checked * each),
        1.0 * everything.all() / projected.all(),
        index.answerable());
    documents.close();
    index.close();
  }

  private Cost refresh(int version, RetrieverCheckpoint checkpoint) throws Exception {
    Cost before = Cost.now();
    propose(version, null, VersionState.BUILDING, checkpoint);
    await(version);
    return Cost.now().since(before);
  }

  private void load(Path file, int count) throws Exception {
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : lines.limit(count).toList()) {
        JsonNode row = JSON.readTree(line);
        documents.edit(
            new DocumentEdit(
                row.get("id").asText(),
                1L,
                EditKind.UPSERT,
                row.get("title").asText(),
                row.get("text").asText(),
                false,
                null,
                Provenance.NONE));
      }
    }
    while (index.answerable() < count) {
      takeMail();
    }
  }

  private void propose(
      int version,
      @Nullable VersionState from,
      VersionState to,
      @Nullable RetrieverCheckpoint checkpoint)
      throws Exception {
    VersionTable.Step step =
        table.apply(
            new VersionProposal(
                "p" + proposals++,
                version,
                new StateChange(from, to),
                "measurement",
                null,
                checkpoint,
                null,
                Instant.EPOCH));
    if (step.ignored() != null) {
      throw new IllegalStateException(step.ignored());
    }
    table = step.table();
    documents.versions(table, Place.ALONE);
  }

  private void await(int version) throws Exception {
    complete = 0;
    while (complete < DocumentsHarness.SHARDS) {
      takeMail();
      if (!documents.side(DocumentsOutput.PROPOSALS).isEmpty()) {
        throw new IllegalStateException("version " + version + " does not become complete");
      }
    }
  }

  /** What comes of a mail goes through the topic's bytes into the index. */
  private void takeMail() throws Exception {
    documents.harness.getTaskMailbox().take(0).run();
    for (Object element = documents.harness.getOutput().poll();
        element != null;
        element = documents.harness.getOutput().poll()) {
      OutboundRecord record = (OutboundRecord) ((StreamRecord<?>) element).getValue();
      VectorMessage message = VectorMessageCodec.decode(Objects.requireNonNull(record.value()));
      if (message instanceof PassageVectors vectors) {
        index.accept(vectors);
      } else if (message instanceof ShardComplete) {
        complete++;
      }
    }
  }

  /** Another limit makes every passage a new one. */
  private static RetrieverCheckpoint limited() {
    EncoderTower tower = E5.documentTower();
    EncoderTower limited =
        new EncoderTower(
            tower.trunk(),
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax() - 1);
    return new RetrieverCheckpoint(
        "limited", limited, E5.queryTower(), E5.reader(), E5.scoreScale(), null, null, null);
  }
}
