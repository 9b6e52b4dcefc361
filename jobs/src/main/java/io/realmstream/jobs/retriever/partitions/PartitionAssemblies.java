package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionAssembly;
import io.realmstream.model.index.partition.table.PartitionTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The partitions that are being put together, on a thread of their own; none is in state. */
public final class PartitionAssemblies implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final ModelThreads thread;
  private final Duration pause;
  private final Function<PartitionAssembly, Partition> assembler;
  private final List<UnderWay> underWay = new ArrayList<>();

  private record UnderWay(PartitionId id, CompletableFuture<Partition> partition) {}

  /**
   * @param uid of the operator
   */
  PartitionAssemblies(String uid) {
    this(uid, PAUSE, PartitionAssembly::assemble);
  }

  /**
   * @param pause before an assembly that failed is tried again
   */
  PartitionAssemblies(
      String uid, Duration pause, Function<PartitionAssembly, Partition> assembler) {
    thread = new ModelThreads(uid + "-partitions", 1);
    this.pause = pause;
    this.assembler = assembler;
  }

  /** Begins with what has all its chunks. */
  void begin(PartitionTable table) {
    PartitionAssembly next = table.toAssemble();
    while (next != null) {
      underWay.add(new UnderWay(next.id(), assembled(next, thread)));
      next = table.toAssemble();
    }
  }

  /** Whatever it fails with, for lack of memory for instance, it is tried again after a pause. */
  private CompletableFuture<Partition> assembled(PartitionAssembly assembly, Executor where) {
    Executor later =
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, thread);
    return CompletableFuture.supplyAsync(() -> assembler.apply(assembly), where)
        .exceptionallyCompose(failure -> assembled(assembly, later));
  }

  /** Gives the table what is through; returns whether there was anything. */
  boolean take(PartitionTable table) {
    boolean taken = false;
    Iterator<UnderWay> all = underWay.iterator();
    while (all.hasNext()) {
      UnderWay one = all.next();
      if (one.partition().isDone()) {
        table.assembled(one.id(), one.partition().join());
        all.remove();
        taken = true;
      }
    }
    return taken;
  }

  boolean areUnderWay() {
    return !underWay.isEmpty();
  }

  @Override
  public void close() {
    thread.close();
  }
}
