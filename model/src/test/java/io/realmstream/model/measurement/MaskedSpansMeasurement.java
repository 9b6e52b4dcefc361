package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.learning.example.MaskedSentence;
import io.realmstream.model.learning.example.SalientSpan;
import io.realmstream.model.learning.example.SalientSpans;
import io.realmstream.model.learning.example.Sentence;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedAnswer.Tokens;
import io.realmstream.model.masked.MaskedLm;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.measurement.PlainIndex.Passage;
import io.realmstream.model.measurement.PlainIndex.Scored;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts salient spans of one token in the passages' own sentences: from the sentence alone, from
 * the nearest other passages, and from the nearest of all. Seven passages and the null document are
 * read. From the root of the project, behind the first line of {@link OpenQaMeasurement}, after
 * {@code deploy/realm model install bert-base-mlm}:
 *
 * <pre>
 * java -cp "model/target/test-classes:model/target/classes:schemas/target/classes:$(cat model/target/classpath)" \
 *   io.realmstream.model.measurement.MaskedSpansMeasurement DATA OUT READER COUNT
 * </pre>
 */
public final class MaskedSpansMeasurement {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.e5();
  private static final int K = 8;
  private static final int TOP = 10;
  private static final int SEED = 1;
  private static final int DRAWS = 2_000;

  private final PlainIndex index;
  private final MaskedReader reader;

  private enum Arm {
    ALONE,
    OTHERS,
    OWN
  }

  /** A masked sentence of a passage. */
  private record Example(Passage passage, MaskedSentence sentence) {}

  /**
   * What an arm says of an example.
   *
   * @param rank of the right token, 0 = not among the ten best
   * @param log probability of the right token
   * @param utilities of the passages by rank: log p(y|z,x) - log p(y|null,x)
   */
  private record Outcome(int rank, double log, List<Double> utilities) {}

  private record Judged(Example example, Map<Arm, Outcome> outcomes) {}

  private MaskedSpansMeasurement(PlainIndex index, MaskedReader reader) {
    this.index = index;
    this.reader = reader;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[2]);
    MaskedReaderPart part =
        JsonMapper.builder()
            .build()
            .readValue(folder.resolve("masked-reader.json").toFile(), MaskedReaderPart.class);
    try (PlainIndex index =
            new PlainIndex(CHECKPOINT, Path.of(arguments[0]), Path.of(arguments[1]));
        MaskedReader reader = MaskedReader.open(part, index.models())) {
      new MaskedSpansMeasurement(index, reader).measure(Integer.parseInt(arguments[3]));
    }
  }

  private void measure(int count) throws Exception {
    List<Judged> judged = index.all(examples(count), this::judge);
    for (Arm arm : Arm.values()) {
      print(arm, judged);
    }
    interval("OTHERS above ALONE, P@1", judged, j -> first(j, Arm.OTHERS) - first(j, Arm.ALONE));
    interval("OTHERS above ALONE, nat", judged, j -> log(j, Arm.OTHERS) - log(j, Arm.ALONE));
    for (int rank = 1; rank < K; rank++) {
      int place = rank - 1;
      List<Double> utilities =
          judged.stream()
              .map(j -> outcome(j, Arm.OTHERS).utilities())
              .filter(all -> all.size() > place)
              .map(all -> all.get(place))
              .toList();
      System.out.printf(
          "utility at rank %d: mean %.3f nat, above 0.5 nat for %.1f %%%n",
          rank,
          utilities.stream().mapToDouble(Double::doubleValue).average().orElse(0),
          100.0 * utilities.stream().filter(u -> u > .5).count() / Math.max(1, utilities.size()));
    }
  }

  /** At most one of a passage; the passages are drawn at random. */
  private List<Example> examples(int count) {
    List<Passage> passages = new ArrayList<>(index.passages());
    Collections.shuffle(passages, new Random(SEED));
    Random random = new Random(SEED);
    return passages.stream()
        .map(passage -> example(passage, random))
        .filter(Objects::nonNull)
        .limit(count)
        .toList();
  }

  private @Nullable Example example(Passage passage, Random random) {
    List<MaskedSentence> all = new ArrayList<>();
    for (Sentence sentence : Sentence.of(passage.text())) {
      if (sentence.isTelling()) {
        for (SalientSpan span : SalientSpans.of(sentence.text(), passage.title())) {
          MaskedSentence masked = MaskedSentence.of(sentence.text(), span, text -> 1);
          if (isReadable(masked)) {
            all.add(masked);
          }
        }
      }
    }
    return all.isEmpty() ? null : new Example(passage, all.get(random.nextInt(all.size())));
  }

  /** Whether the span is one token, and the reader sees its mask. */
  private boolean isReadable(MaskedSentence masked) {
    try {
      reader.reference(masked.answer(), reader.question(masked.text()));
      return true;
    } catch (InvalidQuestionException e) {
      return false;
    }
  }

  private Judged judge(Example example) throws Exception {
    String text = example.sentence().text();
    MaskedQuestion question = reader.question(text);
    List<Integer> right = reader.reference(example.sentence().answer(), question);
    Candidate empty = Candidate.nullDocument(CHECKPOINT.scoreScale() * index.nullScore(text));
    MaskReading alone = reader.read(question);
    Map<Candidate, MaskReading> readings = new HashMap<>();
    List<Candidate> best = new ArrayList<>();
    for (Scored scored : index.best(text, 2 * K)) {
      Passage z = index.passage(scored.passage());
      double score = CHECKPOINT.scoreScale() * scored.score();
      best.add(new Candidate(z.uid(), z.contentHash(), score, z.title(), null));
      if (best.size() <= K) {
        readings.put(best.get(best.size() - 1), reader.read(question, z.title(), z.text()));
      }
    }
    readings.put(empty, alone);
    Map<Arm, Outcome> outcomes = new HashMap<>();
    outcomes.put(Arm.ALONE, outcome(List.of(empty), readings, right));
    List<Candidate> others =
        CandidateSet.select(best.subList(0, K), K, empty, example.passage().uid());
    outcomes.put(Arm.OTHERS, outcome(others, readings, right));
    outcomes.put(
        Arm.OWN, outcome(CandidateSet.select(best.subList(0, K), K, empty, null), readings, right));
    return new Judged(example, outcomes);
  }

  private static Outcome outcome(
      List<Candidate> candidates, Map<Candidate, MaskReading> readings, List<Integer> right) {
    List<MaskReading> read =
        candidates.stream().map(z -> Objects.requireNonNull(readings.get(z))).toList();
    List<Tokens> tokens = MaskedLm.answer(candidates, read, TOP).masks().get(0);
    int rank =
        1
            + IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).ids().equals(right))
                .findFirst()
                .orElse(-1);
    var marginal = MaskedLm.references(candidates, read, List.of(right));
    List<Double> logs =
        marginal.passages().stream()
            .map(z -> z.logProbability() == null ? -100 : z.logProbability())
            .toList();
    double alone = 0;
    for (int z = 0; z < logs.size(); z++) {
      alone = candidates.get(z).isNullDocument() ? logs.get(z) : alone;
    }
    List<Double> utilities = new ArrayList<>();
    for (int z = 0; z < logs.size(); z++) {
      if (!candidates.get(z).isNullDocument()) {
        utilities.add(logs.get(z) - alone);
      }
    }
    return new Outcome(rank, marginal.logProbability(), utilities);
  }

  private static Outcome outcome(Judged judged, Arm arm) {
    return Objects.requireNonNull(judged.outcomes().get(arm));
  }

  private static double first(Judged judged, Arm arm) {
    return outcome(judged, arm).rank() == 1 ? 1 : 0;
  }

  private static double log(Judged judged, Arm arm) {
    return outcome(judged, arm).log();
  }

  private static void print(Arm arm, List<Judged> judged) {
    List<Outcome> outcomes = judged.stream().map(j -> outcome(j, arm)).toList();
    System.out.printf(
        "%-6s of %d: P@1 %.1f, P@10 %.1f, MRR %.3f, NLL %.3f%n",
        arm,
        outcomes.size(),
        100 * mean(outcomes, o -> o.rank() == 1 ? 1 : 0),
        100 * mean(outcomes, o -> o.rank() > 0 ? 1 : 0),
        mean(outcomes, o -> o.rank() > 0 ? 1.0 / o.rank() : 0),
        -mean(outcomes, Outcome::log));
  }

  /** Bootstrap by the passage's title. */
  private static void interval(String name, List<Judged> judged, ToDoubleFunction<Judged> value) {
    Map<String, List<Double>> groups = new HashMap<>();
    judged.forEach(
        j ->
            groups
                .computeIfAbsent(j.example().passage().title(), title -> new ArrayList<>())
                .add(value.applyAsDouble(j)));
    List<List<Double>> all = List.copyOf(groups.values());
    Random random = new Random(SEED);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      means[draw] =
          IntStream.range(0, all.size())
              .boxed()
              .flatMap(i -> all.get(random.nextInt(all.size())).stream())
              .mapToDouble(Double::doubleValue)
              .average()
              .orElse(0);
    }
    Arrays.sort(means);
    System.out.printf(
        "%s: %.4f (95 %%: %.4f to %.4f), %d titles%n",
        name, mean(judged, value), means[DRAWS / 40], means[DRAWS - DRAWS / 40], all.size());
  }

  private static <T> double mean(List<T> items, ToDoubleFunction<T> value) {
    return items.stream().mapToDouble(value).average().orElse(0);
  }
}
