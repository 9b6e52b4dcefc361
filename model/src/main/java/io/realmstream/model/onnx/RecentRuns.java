package io.realmstream.model.onnx;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of models in the last seconds, so that an equal input is not run again. A run gives the
 * same output every time, so results do not change. Equal inputs at the same time share one run,
 * too.
 *
 * <p>Bounded by time and bytes. Safe for use by many threads.
 */
public final class RecentRuns {
  /** Keeps nothing. */
  public static final RecentRuns NONE = new RecentRuns(Duration.ZERO, 0, Ticker.disabledTicker());

  private final @Nullable AsyncCache<Input, float[][]> outputs;
  private final LongAdder shared = new LongAdder();

  /** A model and its input. */
  private record Input(Object model, long[] ids, long[] segments, long[] positions) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Input input
          && model == input.model
          && Arrays.equals(ids, input.ids)
          && Arrays.equals(segments, input.segments)
          && Arrays.equals(positions, input.positions);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(ids) + Arrays.hashCode(positions);
    }

    long bytes() {
      return Long.BYTES * ((long) ids.length + segments.length + positions.length);
    }
  }

  /** One run of a model. */
  @FunctionalInterface
  public interface Run {
    float[][] run() throws InferenceException;
  }

  /**
   * @param keptFor how long an output is kept; zero = not at all
   * @param bytesMax of inputs and outputs together
   */
  public RecentRuns(Duration keptFor, long bytesMax) {
    this(keptFor, bytesMax, Ticker.systemTicker());
  }

  RecentRuns(Duration keptFor, long bytesMax, Ticker clock) {
    outputs =
        keptFor.isZero()
            ? null
            : Caffeine.newBuilder()
                .expireAfterWrite(keptFor)
                .maximumWeight(bytesMax)
                .weigher(RecentRuns::bytes)
                .ticker(clock)
                .executor(Runnable::run)
                .buildAsync();
  }

  private static int bytes(Input input, float[][] output) {
    long bytes = input.bytes();
    for (float[] row : output) {
      bytes += (long) Float.BYTES * row.length;
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /**
   * The output of an equal input of the last seconds, else of this run. A run that fails is not
   * kept.
   *
   * @param model compared by identity
   * @param positions which tokens are asked for; empty = all
   * @return the output, which must not be changed
   */
  public float[][] get(Object model, TokenSequence tokens, long[] positions, Run run)
      throws InferenceException {
    if (outputs == null) {
      return run.run();
    }
    Input input = new Input(model, tokens.ids(), tokens.segments(), positions);
    CompletableFuture<float[][]> own = new CompletableFuture<>();
    CompletableFuture<float[][]> other = outputs.asMap().putIfAbsent(input, own);
    if (other != null) {
      try {
        float[][] output = other.join();
        shared.increment();
        return output;
      } catch (CompletionException | CancellationException e) {
        return run.run();
      }
    }
    try {
      float[][] output = run.run();
      own.complete(output);
      return output;
    } finally {
      own.cancel(false); // if the run has failed
    }
  }

  /** How many runs were saved so far. */
  public long shared() {
    return shared.sum();
  }
}
