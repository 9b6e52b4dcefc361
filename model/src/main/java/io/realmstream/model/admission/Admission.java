package io.realmstream.model.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides which questions the threads of one stage take on, and whose run of the model is next.
 * What is taken on is answered in time, as far as the estimate holds; what could not be is refused
 * before any work went into it. So threads that are asked for more than they can do still do all
 * they can.
 *
 * <p>The question with the fewest runs left goes first, of equals the one with the earlier
 * deadline, then the one that came first. So a question of a thousand passages does not hold up one
 * of five, and among equals what is half done is finished before anything is begun. In that order
 * each question has a time at which it will be done: all runs up to its last one, shared by all
 * threads. A question is taken on if its own time is within {@value #MARGIN} of what its deadline
 * leaves, and nobody who would have been in time is pushed behind a deadline.
 *
 * <p>A question may end before all of its runs are made; all are counted, as if it did not. A run
 * that may turn out to be needless, because one before it has not ended, waits for every other: it
 * is what idle threads do.
 *
 * <p>The estimate may be wrong: after a cold start, or when the machine was busy with something
 * else. Therefore a question that finds the threads idle is taken on whatever the estimate says,
 * and its own runs correct it. And a question that cannot be in time any more, not even with all
 * threads for itself, is given up rather than worked for until its deadline.
 *
 * <p>Not safe for use by threads at once. Each call takes time proportional to the claims, whose
 * number is bounded.
 */
public final class Admission {
  private static final double MARGIN = 0.8;
  private static final double NANOS_PER_MS = 1e6;
  private static final Comparator<Claim> BY_TURN =
      Comparator.comparingInt(Claim::left).thenComparingLong(Claim::deadlineMs);

  private static final Comparator<Claim> BY_NEED =
      Comparator.comparing(Claim::isAhead).thenComparing(BY_TURN);

  private final int threads;
  private final int claimsMax;
  private final CostEstimate cost = new CostEstimate();

  /** What is taken on and not done, in the order of arrival. */
  private final List<Claim> claims = new ArrayList<>();

  /**
   * A run of the model that begins.
   *
   * @param run its number among its claim's, from 0
   */
  public record Turn(Claim claim, int run) {}

  /**
   * @param claimsMax that may be taken on at once
   */
  public Admission(int threads, int claimsMax) {
    this.threads = threads;
    this.claimsMax = claimsMax;
  }

  /**
   * Takes the claim on, if it can be met.
   *
   * @return why it is refused; null = it is taken on
   */
  public @Nullable String offer(Claim claim, long nowMs) {
    if (claims.isEmpty()) {
      claim.takeAlone();
      claims.add(claim);
      return null;
    }
    String refusal = refusal(claim, nowMs);
    if (refusal == null) {
      claims.add(claim);
    }
    return refusal;
  }

  /**
   * Forgets the claim: those of its runs that have not begun never will.
   *
   * @return how many these are
   */
  public int withdraw(Claim claim) {
    return claims.remove(claim) ? claim.waiting() : 0;
  }

  /**
   * The claims that cannot be met any more, not even with all threads for themselves; each is to be
   * withdrawn.
   */
  public List<Claim> hopeless(long nowMs) {
    return claims.stream()
        .filter(claim -> ms(claim.left(), claim.runNanosMin(cost)) > leftMs(claim, nowMs))
        .toList();
  }

  /** The run that is next; null = none waits. */
  public @Nullable Turn take() {
    return claims.stream()
        .filter(claim -> claim.waiting() > 0)
        .min(BY_NEED)
        .map(claim -> new Turn(claim, claim.begin()))
        .orElse(null);
  }

  /** A run is over; its claim may have been withdrawn meanwhile. */
  public void ended(Claim claim, long tookNanos) {
    cost.add(tookNanos);
    claim.end(tookNanos);
    if (claim.isDone()) {
      claims.remove(claim);
    }
  }

  /** Runs that are taken on and have not begun. */
  public int waiting() {
    return claims.stream().mapToInt(Claim::waiting).sum();
  }

  /** Milliseconds that one run is thought to take; 0 = not known yet. */
  public double expectedMs() {
    return cost.nanos() / NANOS_PER_MS;
  }

  private @Nullable String refusal(Claim claim, long nowMs) {
    if (claims.size() >= claimsMax) {
      return claims.size() + " questions are taken on, the most that may be";
    }
    if (!cost.isKnown()) {
      return null;
    }
    int before = 0;
    int pushed = 0;
    for (Claim other : claims) {
      if (BY_TURN.compare(other, claim) <= 0) {
        before += other.left();
      } else if (isPushedTooFar(other, claim.left(), nowMs)) {
        pushed++;
      }
    }
    double doneMs = ms(before + claim.left(), cost.nanos());
    if (doneMs > MARGIN * leftMs(claim, nowMs)) {
      return String.format(
          Locale.ROOT,
          "with %d others before or beside it, it would take %.1f s; it has %.1f s left",
          claims.size(),
          doneMs / 1000,
          leftMs(claim, nowMs) / 1000);
    }
    return pushed == 0
        ? null
        : "it would keep %d others, taken on before, from being in time".formatted(pushed);
  }

  /** Whether so many runs in front of a claim make the difference between in time and late. */
  private boolean isPushedTooFar(Claim claim, int runs, long nowMs) {
    int upTo = 0;
    for (Claim other : claims) {
      if (BY_TURN.compare(other, claim) <= 0) {
        upTo += other.left();
      }
    }
    double leftMs = leftMs(claim, nowMs);
    return ms(upTo, cost.nanos()) <= leftMs && ms(upTo + runs, cost.nanos()) > leftMs;
  }

  /** Milliseconds that so many runs take on all threads. */
  private double ms(int runs, double nanos) {
    int turns = (runs + threads - 1) / threads;
    return turns * nanos / NANOS_PER_MS;
  }

  private static double leftMs(Claim claim, long nowMs) {
    return (double) claim.deadlineMs() - nowMs;
  }
}
