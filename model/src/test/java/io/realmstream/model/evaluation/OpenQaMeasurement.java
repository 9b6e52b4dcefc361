package io.realmstream.model.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.PassageIdentity;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.marginal.Certainty;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 *   io.realmstream.model.evaluation.OpenQaMeasurement DATA OUT QUESTIONS...
 * </pre>
 *
 * DATA has passages.jsonl {id, title, text} and files of questions {question, answers, passage};
 * OUT receives the vectors, for the next run, and reference-QUESTIONS with each question's answer.
 */
public final class OpenQaMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 2;
  private static final int RANKS = 20;
  private static final int READ = Integer.getInteger("realm.measure.read", 5);

  private final RetrieverCheckpoint checkpoint = DefaultCheckpoints.e5();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Path out;
  private final PartCache cache;
  private final List<Passage> passages;
  private final List<float[]> vectors;

  private record Passage(String id, Hash128 uid, Hash128 contentHash, String title, String text) {}

  private record Question(String text, List<String> answers, String passage) {}

  /**
   * The best ranks, and the answer from the first few.
   *
   * @param certain the answer from as many as make it certain
   */
  private record Result(
      Question question, List<Integer> ranked, OpenQaAnswer answer, OpenQaAnswer certain) {}

  private record Scored(int passage, double score) {}

  private OpenQaMeasurement(Path data, Path out) throws Exception {
    this.out = Files.createDirectories(out);
    this.cache =
        new PartCache(
            out.resolve("models"), PartOpener.local(OpenQaMeasurement.class.getClassLoader()));
    this.passages = rows(data.resolve("passages.jsonl")).stream().map(this::passage).toList();
    this.vectors = vectors();
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    OpenQaMeasurement measurement = new OpenQaMeasurement(data, Path.of(arguments[1]));
    try {
      for (String questions : List.of(arguments).subList(2, arguments.length)) {
        measurement.measure(data.resolve(questions));
      }
    } finally {
      measurement.threads.shutdown();
    }
  }

  private Passage passage(JsonNode row) {
    String id = row.get("id").textValue();
    String title = row.get("title").textValue();
    String text = row.get("text").textValue();
    String format = PassageIdentity.inputFormat(checkpoint.documentTower());
    Hash128 contentHash = PassageIdentity.contentHash(format, title, text);
    return new Passage(id, PassageIdentity.uid(id, contentHash), contentHash, title, text);
  }

  private List<float[]> vectors() throws Exception {
    VectorFile file = new VectorFile(out.resolve("passages-e5.bin"), checkpoint.documentTower());
    List<float[]> known = file.read();
    if (known.size() == passages.size()) {
      return known;
    }
    long start = System.nanoTime();
    try (Encoder encoder = Encoder.open(checkpoint.documentTower(), cache)) {
      List<float[]> embedded =
          all(passages, p -> encoder.embedPassage(p.title(), p.text()).vector());
      System.out.printf("embedding: %.0f s%n", (System.nanoTime() - start) / 1e9);
      file.write(embedded);
      return embedded;
    }
  }

  private void measure(Path file) throws Exception {
    List<Question> questions = rows(file).stream().map(OpenQaMeasurement::question).toList();
    List<Result> results;
    try (Encoder encoder = Encoder.open(checkpoint.queryTower(), cache);
        SpanReader reader = SpanReader.open(checkpoint.reader(), cache)) {
      results = all(questions, question -> answer(question, encoder, reader));
    }
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

  private Result answer(Question question, Encoder encoder, SpanReader reader) throws Exception {
    float[] query = encoder.embedQuery(question.text()).vector();
    List<Scored> best =
        IntStream.range(0, passages.size())
            .mapToObj(i -> new Scored(i, dot(query, vectors.get(i))))
            .sorted(
                Comparator.comparingDouble(Scored::score)
                    .reversed()
                    .thenComparing(scored -> passages.get(scored.passage()).uid()))
            .limit(RANKS)
            .toList();
    List<Candidate> fetched = new ArrayList<>();
    for (Scored scored : best) {
      Passage passage = passages.get(scored.passage());
      double score = checkpoint.scoreScale() * scored.score();
      fetched.add(new Candidate(passage.uid(), passage.contentHash(), score, passage.text(), null));
    }
    List<Candidate> read = new ArrayList<>();
    for (Candidate candidate : CandidateSet.select(fetched, READ, null, null)) {
      Passage passage = passages.get(best.get(fetched.indexOf(candidate)).passage());
      read.add(candidate.read(reader.read(question.text(), passage.title(), passage.text())));
    }
    List<Integer> ranked = best.stream().map(Scored::passage).toList();
    OpenQaAnswer all = OpenQa.answer(read, QueryOptions.DEFAULT);
    return new Result(question, ranked, all, certain(read));
  }

  private static OpenQaAnswer certain(List<Candidate> read) {
    List<Integer> places = IntStream.range(0, read.size()).boxed().toList();
    Certainty certainty = new Certainty(read, places, QueryOptions.DEFAULT.decoding());
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
        result.ranked().forEach(i -> line.withArray("ids").add(passages.get(i).id()));
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
                        .anyMatch(i -> passages.get(i).id().equals(r.question().passage()))
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

  /** Spec: the sum over i ascending, in double. */
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private interface Work<T, R> {
    R of(T item) throws Exception;
  }

  private <T, R> List<R> all(List<T> items, Work<T, R> work)
      throws InterruptedException, ExecutionException {
    List<Callable<R>> calls = new ArrayList<>();
    items.forEach(item -> calls.add(() -> work.of(item)));
    List<R> results = new ArrayList<>();
    for (Future<R> future : threads.invokeAll(calls)) {
      results.add(future.get());
    }
    return results;
  }

  private static Question question(JsonNode row) {
    List<String> answers = new ArrayList<>();
    row.get("answers").forEach(answer -> answers.add(answer.textValue()));
    return new Question(row.get("question").textValue(), answers, row.get("passage").textValue());
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }
}
