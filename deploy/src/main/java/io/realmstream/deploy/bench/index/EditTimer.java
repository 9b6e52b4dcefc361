package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.CpuTime;
import java.util.function.Supplier;

/**
 * Times edits by the CPU time of the whole process without what making the vectors took, so that
 * RocksDB's flushes and compactions and the garbage collector count, too.
 */
final class EditTimer {
  private final long started = CpuTime.ofThisProcess();
  private long making;
  private long edits;

  /** An edit of the index. */
  interface Edit {
    void make(float[] vector) throws Exception;
  }

  void edit(Supplier<float[]> maker, Edit edit) throws Exception {
    long start = CpuTime.ofThisThread();
    float[] vector = maker.get();
    making += CpuTime.ofThisThread() - start;
    edit.make(vector);
    edits++;
  }

  double editsPerCpuSecond() {
    return edits * 1e9 / (CpuTime.ofThisProcess() - started - making);
  }
}
