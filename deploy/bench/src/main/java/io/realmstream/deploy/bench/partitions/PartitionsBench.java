package io.realmstream.deploy.bench.partitions;

import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.table.PartitionAssembly;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Takes a partition in as a subtask does, record by record. */
final class PartitionsBench {
  private static final PartitionId ID = new PartitionId(1, 1);
  private static final int NPROBE = 32;

  private final PartitionTable table = new PartitionTable();
  private final StepTimer onTask = StepTimer.ofCpu();
  private final StepTimer beside = StepTimer.ofCpu();

  private PartitionsBench() {}

  /**
   * What it came to.
   *
   * @param stateBytes as they are written in a checkpoint
   * @param onTask the steps on the task's thread
   * @param beside those on another one
   */
  record Outcome(int cells, long stateBytes, StepTimer onTask, StepTimer beside) {
    String line() {
      return ("%,d cells: %,d bytes of state a subtask; on the task's thread %.1f ms of CPU, the"
              + " longest step %.1f ms; beside it %.1f ms")
          .formatted(cells, stateBytes, onTask.allMs(), onTask.longestMs(), beside.allMs());
    }
  }

  static Outcome run(int cells, int dimension) throws Exception {
    List<PartitionEvent> topic = topic(cells, dimension);
    // once for the compiler
    new PartitionsBench().read(topic);
    PartitionsBench bench = new PartitionsBench();
    bench.read(topic);
    return new Outcome(cells, bench.stateBytes(), bench.onTask, bench.beside);
  }

  private static List<PartitionEvent> topic(int cells, int dimension) {
    Random random = new Random(1);
    float[] rows = new float[cells * (dimension + 1)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    ProbeLimit probes = ProbeLimit.of(Math.min(cells, NPROBE));
    Partition partition = Partition.of(new Centroids(rows, dimension), probes);
    List<PartitionEvent> events = new ArrayList<>();
    for (PartitionChunk chunk : PartitionChunk.of(partition)) {
      events.add(PartitionEvent.chunk(ID, chunk));
    }
    events.add(PartitionEvent.fill(ID, 1, PartitionHead.of(partition, 0)));
    events.add(PartitionEvent.of(PartitionEvent.Kind.SERVE, ID, 1));
    return events;
  }

  private void read(List<PartitionEvent> topic) throws Exception {
    for (PartitionEvent event : topic) {
      onTask.time(() -> table.apply(event));
      PartitionAssembly assembly = onTask.time(table::toAssemble);
      if (assembly != null) {
        Partition partition = Objects.requireNonNull(beside.time(assembly::assemble));
        onTask.time(
            () -> {
              table.assembled(assembly.id(), partition);
              return partition;
            });
      }
    }
    Objects.requireNonNull(onTask.time(() -> table.get(ID)));
  }

  private long stateBytes() throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(1 << 10);
    TypeInformation.of(PartitionEntry.class)
        .createSerializer(new SerializerConfigImpl())
        .serialize(Objects.requireNonNull(table.entry(ID)), bytes);
    return bytes.length();
  }
}
