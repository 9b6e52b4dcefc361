package io.realmstream.deploy.bench;

/**
 * Repeats work until the just-in-time compiler rests: a job runs for months, so what its first
 * minutes spend on compiling is no part of its cost.
 *
 * @param timesMin how often the work is done at least
 * @param timesMax how often at most, whatever the compiler does
 */
public record WarmUp(int timesMin, int timesMax) {
  /** Of the time of the work, what the compiler may take when it counts as at rest. */
  private static final double COMPILING_MAX = 0.02;

  /** What is repeated. */
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  public <E extends Exception> void run(Work<E> work) throws E {
    for (int times = 1; times <= timesMax; times++) {
      long compilingMs = CpuTime.ofCompilingMs();
      long start = System.nanoTime();
      work.run();
      double ms = (System.nanoTime() - start) / 1e6;
      boolean rests = CpuTime.ofCompilingMs() - compilingMs < COMPILING_MAX * ms;
      if (rests && times >= timesMin) {
        return;
      }
    }
  }
}
