package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.CpuTime;
import java.util.function.Supplier;

/**
 * Times edits by the CPU time of the whole process without what making the vectors took, so that
 * RocksDB's flushes and compactions and the garbage collector count, too. The first half is not
 * timed: the just-in-time compiler, whose threads are the process's as well, is at work then.
 */
final class EditTimer {
  private final long untimed;
  private long started = CpuTime.ofThisProcess();
  private long making;
  private long edits;

  /** An edit of the index. */
  interface Edit {
    void make(float[] vector) throws Exception;
  }

  /**
   * @param count how many edits there will be
   */
  EditTimer(long count) {
    untimed = count / 2;
  }

  void edit(Supplier<float[]> maker, Edit edit) throws Exception {
    long start = CpuTime.ofThisThread();
    float[] vector = maker.get();
    making += CpuTime.ofThisThread() - start;
    edit.make(vector);
    if (++edits == untimed) {
      started = CpuTime.ofThisProcess();
      making = 0;
    }
  }

  double editsPerCpuSecond() {
    return (edits - untimed) * 1e9 / (CpuTime.ofThisProcess() - started - making);
  }
}
