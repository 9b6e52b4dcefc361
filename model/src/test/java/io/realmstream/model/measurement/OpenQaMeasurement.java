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
import io.realmstream.model.measurement.PlainIndex.Question;
import io.realmstream.model.measurement.PlainIndex.Scored;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the default checkpoint without index, Flink or Kafka: every passage embedded, every
 * question scored against all of them by a plain double loop, the best five read ({@code
 * -Drealm.measure.read} = another number), and how many of them make the answer certain. What the
 * jobs answer is compared with what this prints. From the root of the project:
 *
 * <pre>
 * mvn -q -pl model -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp "model/target/test-classes:model/target/classes:schemas/target/classes:$(cat model/target/classpath)" \
 *   io.realmstream.model.measurement.OpenQaMeasurement DATA OUT QUESTIONS...
 * </pre>
 *
 * DATA has passages.jsonl {id, title, text} and files of questions {question, answers, passage};
 * OUT receives the vectors, for the next run, and reference-QUESTIONS with each question's answer.
 */
public final class OpenQaMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.e5();
  private static final int RANKS = 20;
  private static final int READ = Integer.getInteger("realm.measure.read", 5);

  private final Path out;
  private final PlainIndex index;

  /**
   * The best ranks, and the answer from the first few.
   *
   * @param certain the answer from as many as make it certain
   */
  private record Result(
      Question question, List<Integer> ranked, OpenQaAnswer answer, OpenQaAnswer certain) {}

  private OpenQaMeasurement(Path out, PlainIndex index) {
    this.out = out;
    this.index = index;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    try (PlainIndex index = new PlainIndex(CHECKPOINT, data, out)) {
      for (String questions : List.of(arguments).subList(2, arguments.length)) {
        new OpenQaMeasurement(out, index).measure(data.resolve(questions));
      }
    }
  }

  private void measure(Path file) throws Exception {
    List<Result> results = index.all(PlainIndex.questions(file), this::answer);
    write(out.resolve("reference-" + file.getFileName()), results);
    System.out.printf(
        "%s: %d questions, recall@1 %.1f @5 %.1f @20 %.1f, EM %.1f, F1 %.1f, no-answer mass %.3f%n",
        file.getFileName(),
        results.size(),
        recall(results, 1),
        recall(results, 5),
        recall(results, RANKS),
        100 * mean(results, r -> exactMatch(r) ? 1 : 0),
        100 * mean(results, r -> TokenF1.score(text(r.answer()), r.question().answers())),
        mean(results, r -> r.answer().noAnswerMass()));
    System.out.printf(
        "certain after %.2f of %.2f passages; %.0f other answers%n",
        mean(results, r -> readCount(r.certain())),
        mean(results, r -> readCount(r.answer())),
        results.size() * mean(results, r -> isSame(r.certain(), r.answer()) ? 0 : 1));
  }

  private Result answer(Question question) throws Exception {
    List<Scored> best = index.best(question.text(), RANKS);
    List<Candidate> read = index.read(question.text(), best, READ, CHECKPOINT.scoreScale());
    List<Integer> ranked = best.stream().map(Scored::passage).toList();
    OpenQaAnswer all = OpenQa.answer(read, QueryOptions.DEFAULT);
    return new Result(question, ranked, all, certain(read));
  }

  private static OpenQaAnswer certain(List<Candidate> read) {
    List<Integer> places = IntStream.range(0, read.size()).boxed().toList();
    Certainty certainty = new Certainty(read, places, QueryOptions.DEFAULT);
    List<Candidate> candidates = new ArrayList<>();
    for (Candidate z : read) {
      if (certainty.isCertain()) {
        candidates.add(new Candidate(z.uid(), z.contentHash(), z.score(), z.body(), null));
      } else {
        certainty.add(Objects.requireNonNull(z.reading()));
        candidates.add(z);
      }
    }
    return OpenQa.answer(candidates, QueryOptions.DEFAULT);
  }

  private static double readCount(OpenQaAnswer answer) {
    return answer.passages().stream().filter(z -> z.candidate().reading() != null).count();
  }

  private static boolean isSame(OpenQaAnswer one, OpenQaAnswer other) {
    return one.status() == other.status()
        && AnswerText.normalize(String.valueOf(text(one)))
            .equals(AnswerText.normalize(String.valueOf(text(other))));
  }

  private void write(Path file, List<Result> results) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Result result : results) {
        ObjectNode line = JSON.createObjectNode().put("question", result.question().text());
        AnswerCandidate answer = result.answer().answer();
        line.put("answer", answer == null ? null : answer.text());
        line.put("probability", answer == null ? 0 : answer.probability());
        line.put("noAnswerMass", result.answer().noAnswerMass());
        line.put("exactMatch", exactMatch(result));
        result.ranked().forEach(i -> line.withArray("ids").add(index.passage(i).id()));
        result
            .answer()
            .passages()
            .forEach(p -> line.withArray("scores").add(p.candidate().score()));
        lines.write(line + "\n");
      }
    }
  }

  private double recall(List<Result> results, int ranks) {
    return 100
        * mean(
            results,
            r ->
                r.ranked().subList(0, ranks).stream()
                        .anyMatch(i -> index.passage(i).id().equals(r.question().passage()))
                    ? 1
                    : 0);
  }

  private static boolean exactMatch(Result result) {
    return ExactMatch.matches(text(result.answer()), result.question().answers());
  }

  private static @Nullable String text(OpenQaAnswer answer) {
    return answer.answer() == null ? null : answer.answer().text();
  }

  private static double mean(List<Result> results, ToDoubleFunction<Result> value) {
    return results.stream().mapToDouble(value).average().orElseThrow();
  }
}
