package io.realmstream.jobs.questions;

import io.realmstream.model.admission.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question and what its runs have given. Runs may end in any order; they are judged in theirs,
 * each when all before it are, so that what counts does not depend on threads or time.
 */
final class Question<T> {
  final Claim claim;
  final List<Supplier<T>> runs;
  final CompletableFuture<Outcomes<T>> answer = new CompletableFuture<>();
  private final @Nullable Predicate<T> enough;

  // Guarded by this
  private final List<@Nullable CompletableFuture<T>> ended;
  private final List<T> used = new ArrayList<>();
  private boolean decided;

  /**
   * @param enough whether the outcomes up to this one are enough; null = all are needed
   */
  Question(Claim claim, List<Supplier<T>> runs, @Nullable Predicate<T> enough) {
    this.claim = claim;
    this.runs = List.copyOf(runs);
    this.enough = enough;
    ended = new ArrayList<>(Collections.nCopies(runs.size(), null));
  }

  /** Makes a run on the calling thread; what it throws is its outcome. */
  void run(int run) {
    CompletableFuture<T> outcome = CompletableFuture.supplyAsync(runs.get(run), Runnable::run);
    synchronized (this) {
      ended.set(run, outcome);
    }
  }

  /**
   * Judges the outcomes that are next, as far as there are any.
   *
   * @return the outcomes that count, or the failure of one of them; null = not decided yet, or by
   *     an earlier call
   */
  synchronized @Nullable CompletableFuture<List<T>> judge() {
    while (!decided) {
      CompletableFuture<T> next = ended.get(used.size());
      if (next == null) {
        return null;
      }
      CompletableFuture<Boolean> last = next.thenApply(this::isLast);
      decided = last.isCompletedExceptionally() || last.join();
      if (decided) {
        return last.thenApply(is -> List.copyOf(used));
      }
    }
    return null;
  }

  void complete(@Nullable Outcomes<T> outcomes, @Nullable Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(outcomes);
    }
  }

  private boolean isLast(T outcome) {
    used.add(outcome);
    return (enough != null && enough.test(outcome)) || used.size() == runs.size();
  }
}
