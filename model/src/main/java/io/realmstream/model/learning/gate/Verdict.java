package io.realmstream.model.learning.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decided, with its figures.
 *
 * @param outcome whether the candidate may be published, else why not
 * @param comparisons recall@1 and recall@5; empty when there was too little to compare
 * @param harmed the first file whose own questions may fall by more than a point; null = none
 */
public record Verdict(
    Outcome outcome,
    int questions,
    int groups,
    List<Comparison> comparisons,
    @Nullable String harmed) {
  public Verdict {
    comparisons = List.copyOf(comparisons);
  }

  /** Whether recall@1 or recall@5 falls for certain. */
  public boolean isFall() {
    return comparisons.stream().anyMatch(each -> each.change().upper() < 0);
  }

  /** Whether a candidate may be published, else why not. */
  public enum Outcome {
    PUBLISHED,
    /** Too few groups to tell a gain from luck. */
    TOO_FEW,
    /** The lower bound of the gain is not above 0. */
    NO_GAIN,
    /** Recall@5, or a measure of one file, may fall by more than a point. */
    HARM
  }
}
