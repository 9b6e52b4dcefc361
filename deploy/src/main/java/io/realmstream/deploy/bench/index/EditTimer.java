package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.CpuTime;
import java.util.function.Supplier;

/**
 * Times edits by the CPU time of the whole process without what making the vectors took, so that
 * RocksDB's flushes and compactions and the garbage collector count, too.
 */
final class EditTimer {
  private static final int ACKS_MAX = 1_000;

  private final BenchedCells cells;
  private final long started = CpuTime.ofThisProcess();
  private long making;
  private long edits;

  /** An edit of the index. */
  interface Edit {
    void make(float[] vector) throws Exception;
  }

  EditTimer(BenchedCells cells) {
    this.cells = cells;
  }

  void edit(Supplier<float[]> maker, Edit edit) throws Exception {
    long start = CpuTime.ofThisThread();
    float[] vector = maker.get();
    making += CpuTime.ofThisThread() - start;
    edit.make(vector);
    if (++edits % ACKS_MAX == 0) {
      cells.dropAcks();
    }
  }

  double editsPerCpuSecond() {
    return edits * 1e9 / (CpuTime.ofThisProcess() - started - making);
  }
}
