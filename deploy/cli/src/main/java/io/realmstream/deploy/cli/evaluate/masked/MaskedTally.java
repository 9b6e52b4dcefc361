package io.realmstream.deploy.cli.evaluate.masked;

import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Utility;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.ReferenceScore;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges predicted words. */
final class MaskedTally {
  /** The smallest log-probability of a word: smaller ones count as this. */
  private static final double LOG_LEAST = -100;

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}");

  private int sentences;
  private int invalid;
  private int first;
  private int firstTen;
  private double reciprocalRanks;
  private double losses;
  private final List<List<Double>> utilities = new ArrayList<>();

  /**
   * Takes an answer.
   *
   * @param accepted words for all masks, which were the query's references
   * @param result null = none came, which is as wrong as a wrong one
   */
  void add(List<String> accepted, @Nullable AnswerResult result) {
    if (result != null && result.status() == AnswerStatus.INVALID) {
      invalid++;
      return;
    }
    sentences++;
    int rank = result == null ? 0 : rank(accepted, result);
    first += rank == 1 ? 1 : 0;
    firstTen += rank >= 1 && rank <= 10 ? 1 : 0;
    reciprocalRanks += rank == 0 ? 0 : 1.0 / rank;
    losses -= logPerMask(result);
    if (result != null) {
      utilities(result.passages());
    }
  }

  /** Rank of the first accepted words among the answers; 0 if there are none. */
  private static int rank(List<String> accepted, AnswerResult result) {
    Set<String> right = accepted.stream().map(MaskedTally::folded).collect(Collectors.toSet());
    List<String> texts =
        Stream.concat(Stream.ofNullable(result.read().answer()), result.read().runnersUp().stream())
            .map(answer -> folded(answer.text()))
            .toList();
    for (int i = 0; i < texts.size(); i++) {
      if (right.contains(texts.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Without case and accents, as an uncased reader writes words. */
  private static String folded(String words) {
    return MARKS
        .matcher(Normalizer.normalize(words, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private static double logPerMask(@Nullable AnswerResult result) {
    ReferenceScore score = result == null ? null : result.read().reference();
    List<MaskWords> masks = result == null ? null : result.read().masks();
    return score == null || score.logProbability() == null || masks == null
        ? LOG_LEAST
        : Math.max(LOG_LEAST, score.logProbability() / masks.size());
  }

  private void utilities(List<Evidence> candidates) {
    Double alone =
        candidates.stream()
            .filter(candidate -> candidate.uid().isEmpty())
            .map(MaskedTally::log)
            .findFirst()
            .orElse(null);
    int rank = 0;
    for (Evidence candidate : candidates) {
      if (alone != null && !candidate.uid().isEmpty()) {
        while (utilities.size() <= rank) {
          utilities.add(new ArrayList<>());
        }
        utilities.get(rank++).add(log(candidate) - alone);
      }
    }
  }

  private static double log(Evidence candidate) {
    ReferenceScore score = candidate.read().reference();
    return score == null || score.logProbability() == null
        ? LOG_LEAST
        : Math.max(LOG_LEAST, score.logProbability());
  }

  int invalid() {
    return invalid;
  }

  Figures figures() {
    double count = Math.max(1, sentences);
    return new Figures(
        sentences, first / count, firstTen / count, reciprocalRanks / count, losses / count);
  }

  List<Utility> utility() {
    List<Utility> all = new ArrayList<>();
    for (List<Double> values : utilities) {
      double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      double positive = values.stream().filter(value -> value > 0).count();
      all.add(new Utility(all.size() + 1, values.size(), mean, positive / values.size()));
    }
    return all;
  }
}
