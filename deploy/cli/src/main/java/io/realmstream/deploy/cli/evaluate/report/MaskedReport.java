package io.realmstream.deploy.cli.evaluate.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well masked words are predicted; its fields are those of the JSON. Shares are between 0 and
 * 1.
 *
 * @param k candidates, the null document included
 * @param invalid sentences that were refused, most of them because their words are no single tokens
 * @param version null when none answered
 * @param withPassages from the passages and the null document
 * @param alone from the null document, which is the sentence alone
 * @param utility what passages add, by their rank among the passages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MaskedReport(
    @JsonUnwrapped Questions asked,
    int k,
    int invalid,
    @Nullable IndexVersion version,
    Figures withPassages,
    Figures alone,
    List<Utility> utility) {

  /**
   * Figures of the sentences that were answered.
   *
   * @param first share of sentences whose most probable words are accepted ones
   * @param firstTen share of sentences with accepted words among the ten most probable
   * @param mrr mean of 1 / rank of the first accepted words, 0 beyond 100
   * @param negativeLogLikelihood of the accepted words, in nats a mask, mean
   */
  public record Figures(
      int sentences, double first, double firstTen, double mrr, double negativeLogLikelihood) {}

  /**
   * RU(z) = log p(y|z,x) - log p(y|null,x) of the accepted words y, in nats (spec rule A5).
   *
   * @param rank among the passages, 1 = best
   * @param sentences that had a passage of that rank
   * @param positive share of them where the passage helps
   */
  public record Utility(int rank, int sentences, double mean, double positive) {}
}
