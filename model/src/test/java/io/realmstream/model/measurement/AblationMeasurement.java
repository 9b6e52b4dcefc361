package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.evaluation.TokenF1;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.Certainty;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.measurement.PlainIndex.Question;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what each choice of the marginal is worth: each question's best passages are read once,
 * and the answer is made from these readings in each variant. Also tells how many passages make the
 * answer certain, and whether it is the one that all passages give. From the root of the project,
 * behind the first line of {@link OpenQaMeasurement}:
 *
 * <pre>
 * java -cp "model/target/test-classes:model/target/classes:schemas/target/classes:$(cat model/target/classpath)" \
 *   io.realmstream.model.measurement.AblationMeasurement DATA OUT QUESTIONS[=COUNT]...
 * </pre>
 *
 * With =COUNT that many questions are drawn at random with seed 1. {@code -Drealm.measure.read}:
 * how many passages are read, 10 by default. {@code -Drealm.measure.titles=false}: the reader is
 * not given their titles. OUT/ablations-QUESTIONS receives, of each question and variant, p(y|x),
 * no-answer mass and whether the answer is right.
 */
public final class AblationMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.e5();
  private static final int READ = Integer.getInteger("realm.measure.read", 10);
  private static final Scaling SHIPPED = new Scaling(CHECKPOINT.scoreScale(), 1);

  /** As `realm calibrate` fitted it, see the results. */
  private static final Scaling FITTED = new Scaling(143.7, 0.91);

  private final PlainIndex index;

  /**
   * A way to answer.
   *
   * @param answerability whether the reader's own no-answer score counts
   */
  private record Variant(
      int k,
      Scaling scaling,
      Normalization normalization,
      Decoding decoding,
      boolean answerability) {
    static Variant of(int k, Scaling scaling) {
      return new Variant(k, scaling, Normalization.PAPER, Decoding.MARGINAL, true);
    }

    QueryOptions options() {
      return new QueryOptions(
          normalization,
          decoding,
          Competition.OPEN,
          0,
          Reading.CERTAIN,
          null,
          AnswerThresholds.NONE,
          null);
    }

    List<Candidate> candidates(List<Candidate> read) {
      return read.stream().limit(k).map(this::scaled).toList();
    }

    private Candidate scaled(Candidate z) {
      PassageReading reading = Objects.requireNonNull(z.reading()).at(scaling.readerTemperature());
      double score = scaling.scoreScale() * z.score();
      return new Candidate(
          z.uid(), z.contentHash(), score, z.body(), answerability ? reading : without(reading));
    }

    private static PassageReading without(PassageReading reading) {
      return new PassageReading(
          reading.startScores(),
          reading.endScores(),
          reading.tokenStarts(),
          reading.tokenEnds(),
          reading.spanTokensMax(),
          Double.NEGATIVE_INFINITY,
          reading.truncated());
    }
  }

  /**
   * What a variant says to a question.
   *
   * @param certainAfter how many passages make the answer certain; 0 where that is not asked
   */
  private record Outcome(
      boolean right, double f1, double probability, double mass, int certainAfter, boolean same) {}

  private AblationMeasurement(PlainIndex index) {
    this.index = index;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    try (PlainIndex index = new PlainIndex(CHECKPOINT, data, out)) {
      for (String argument : List.of(arguments).subList(2, arguments.length)) {
        Path results = out.resolve("ablations-" + argument.split("=", 2)[0]);
        new AblationMeasurement(index).measure(PlainIndex.questions(data, argument), results);
      }
    }
  }

  private static Map<String, Variant> variants() {
    Map<String, Variant> variants = new LinkedHashMap<>();
    for (int k : new int[] {1, 5, 10, 20}) {
      if (k <= READ) {
        variants.put("k = " + k, Variant.of(k, SHIPPED));
        variants.put("k = " + k + ", fitted", Variant.of(k, FITTED));
      }
    }
    variants.put("score scale 1", Variant.of(5, new Scaling(1, SHIPPED.readerTemperature())));
    variants.put("MAX_SPAN", variant(Normalization.PAPER, Decoding.MAX_SPAN, true));
    variants.put("JOINT", variant(Normalization.JOINT, Decoding.MARGINAL, true));
    variants.put("JOINT MAX_SPAN", variant(Normalization.JOINT, Decoding.MAX_SPAN, true));
    variants.put("no answerability", variant(Normalization.PAPER, Decoding.MARGINAL, false));
    return variants;
  }

  private static Variant variant(
      Normalization normalization, Decoding decoding, boolean answerability) {
    return new Variant(5, SHIPPED, normalization, decoding, answerability);
  }

  private void measure(List<Question> questions, Path file) throws Exception {
    List<Map<String, Outcome>> results = index.all(questions, this::answer);
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Map<String, Outcome> result : results) {
        ObjectNode line = JSON.createObjectNode();
        result.forEach(
            (variant, outcome) ->
                line.putArray(variant)
                    .add(outcome.probability())
                    .add(outcome.mass())
                    .add(outcome.right()));
        lines.write(line + "\n");
      }
    }
    System.out.printf("%s: %d questions%n", file.getFileName(), questions.size());
    for (String variant : variants().keySet()) {
      List<Outcome> outcomes = results.stream().map(result -> result.get(variant)).toList();
      System.out.printf(
          "  %-18s EM %.1f, F1 %.1f; certain after %.2f, %d other answers%n",
          variant,
          100 * outcomes.stream().mapToInt(o -> o.right() ? 1 : 0).average().orElseThrow(),
          100 * outcomes.stream().mapToDouble(Outcome::f1).average().orElseThrow(),
          outcomes.stream().mapToInt(Outcome::certainAfter).average().orElseThrow(),
          outcomes.stream().filter(o -> !o.same()).count());
    }
  }

  private Map<String, Outcome> answer(Question question) throws Exception {
    List<Candidate> read = index.read(question.text(), index.best(question.text(), READ), READ, 1);
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    variants()
        .forEach((name, variant) -> outcomes.put(name, outcome(variant, read, question.answers())));
    return outcomes;
  }

  private static Outcome outcome(Variant variant, List<Candidate> read, List<String> accepted) {
    List<Candidate> candidates = variant.candidates(read);
    OpenQaAnswer all = OpenQa.answer(candidates, variant.options());
    int certainAfter = 0;
    boolean same = true;
    if (variant.normalization() == Normalization.PAPER) {
      certainAfter = certainAfter(variant, candidates);
      same = isSame(all, OpenQa.answer(readOnly(candidates, certainAfter), variant.options()));
    }
    return new Outcome(
        ExactMatch.matches(text(all), accepted),
        TokenF1.score(text(all), accepted),
        all.answer() == null ? 0 : all.answer().probability(),
        all.noAnswerMass(),
        certainAfter,
        same);
  }

  private static int certainAfter(Variant variant, List<Candidate> candidates) {
    List<Integer> places = IntStream.range(0, candidates.size()).boxed().toList();
    Certainty certainty = new Certainty(candidates, places, variant.options());
    int count = 0;
    while (!certainty.isCertain()) {
      certainty.add(Objects.requireNonNull(candidates.get(count++).reading()));
    }
    return count;
  }

  private static List<Candidate> readOnly(List<Candidate> candidates, int count) {
    List<Candidate> first = new ArrayList<>(candidates.subList(0, count));
    for (Candidate z : candidates.subList(count, candidates.size())) {
      first.add(new Candidate(z.uid(), z.contentHash(), z.score(), z.body(), null));
    }
    return first;
  }

  private static boolean isSame(OpenQaAnswer one, OpenQaAnswer other) {
    return one.status() == other.status()
        && AnswerText.normalize(String.valueOf(text(one)))
            .equals(AnswerText.normalize(String.valueOf(text(other))));
  }

  private static @Nullable String text(OpenQaAnswer answer) {
    AnswerCandidate best = answer.answer();
    return best == null ? null : best.text();
  }
}
