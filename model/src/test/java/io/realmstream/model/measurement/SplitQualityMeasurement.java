package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.model.text.GreedySplitter;
import io.realmstream.model.text.PassageText;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures what the splitting does to retrieval: the paragraphs of one title joined into an
 * article, every article split by content and greedily, every question scored against all passages
 * of each kind: recall of a passage that holds an answer. The class path is that of {@link
 * OpenQaMeasurement}, which is to run first: paragraphs that stay as they are have its vectors.
 *
 * <pre>
 * java -cp ... io.realmstream.model.measurement.SplitQualityMeasurement DATA OUT QUESTIONS...
 * </pre>
 *
 * Prints for each file of questions and each splitting recall@1, @5 and @20 in percent.
 */
public final class SplitQualityMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RANKS = 20;

  private record Passage(String title, String text) {}

  private final Path data;
  private final Path out;
  private final RetrieverCheckpoint checkpoint = DefaultCheckpoints.e5();
  private final PartCache cache;
  private final Map<Passage, float[]> vectors = new HashMap<>();

  private SplitQualityMeasurement(Path data, Path out) {
    this.data = data;
    this.out = out;
    this.cache =
        new PartCache(
            out.resolve("models"),
            PartOpener.local(SplitQualityMeasurement.class.getClassLoader()));
  }

  public static void main(String[] arguments) throws Exception {
    new SplitQualityMeasurement(Path.of(arguments[0]), Path.of(arguments[1]))
        .measure(List.of(arguments).subList(2, arguments.length));
  }

  private void measure(List<String> files) throws Exception {
    Map<String, List<Passage>> kinds = split();
    embed(kinds);
    for (String file : files) {
      List<JsonNode> questions = rows(data.resolve(file));
      List<float[]> queries = new ArrayList<>();
      try (Encoder encoder = Encoder.open(checkpoint.queryTower(), cache)) {
        for (JsonNode question : questions) {
          queries.add(encoder.embedQuery(question.get("question").textValue()).vector());
        }
      }
      for (Map.Entry<String, List<Passage>> kind : kinds.entrySet()) {
        print(file + " " + kind.getKey(), kind.getValue(), questions, queries);
      }
    }
  }

  private Map<String, List<Passage>> split() throws Exception {
    Map<String, String> articles = new LinkedHashMap<>();
    for (JsonNode row : rows(data.resolve("passages.jsonl"))) {
      articles.merge(
          row.get("title").textValue(), row.get("text").textValue(), (a, b) -> a + "\n\n" + b);
    }
    EncoderTower tower = checkpoint.documentTower();
    List<Passage> content = new ArrayList<>();
    List<Passage> greedy = new ArrayList<>();
    try (Encoder encoder = Encoder.open(tower, cache);
        Tokenizer tokenizer = Tokenizer.open(tower.tokenizer(), cache)) {
      articles.forEach(
          (title, text) -> {
            for (PassageText passage : encoder.splitter().split(title, text)) {
              content.add(new Passage(title, passage.text()));
            }
            int room = tower.tokensMax() - 2 - encoder.countTokens(tower.prefix() + title);
            for (String passage : new GreedySplitter(tokenizer, room).split(text)) {
              greedy.add(new Passage(title, passage));
            }
          });
      print("content", content, encoder);
      print("greedy", greedy, encoder);
    }
    Map<String, List<Passage>> kinds = new LinkedHashMap<>();
    kinds.put("greedy", greedy);
    kinds.put("content", content);
    return kinds;
  }

  private static void print(String kind, List<Passage> passages, Encoder encoder) {
    double tokens =
        passages.stream().mapToInt(p -> encoder.countTokens(p.text())).average().orElseThrow();
    System.out.printf("%s: %d passages of %.0f wordpieces%n", kind, passages.size(), tokens);
  }

  private void embed(Map<String, List<Passage>> kinds) throws Exception {
    EncoderTower tower = checkpoint.documentTower();
    List<float[]> known = new VectorFile(out.resolve("passages-e5.bin"), tower).read();
    List<JsonNode> rows = rows(data.resolve("passages.jsonl"));
    for (int i = 0; i < known.size(); i++) {
      JsonNode row = rows.get(i);
      vectors.put(
          new Passage(row.get("title").textValue(), row.get("text").textValue().strip()),
          known.get(i));
    }
    Set<Passage> missing = new LinkedHashSet<>();
    kinds.values().forEach(missing::addAll);
    missing.removeAll(vectors.keySet());
    System.out.printf("%d passages to embed, %d known%n", missing.size(), known.size());
    try (Encoder encoder = Encoder.open(tower, cache)) {
      for (Passage passage : missing) {
        vectors.put(passage, encoder.embedPassage(passage.title(), passage.text()).vector());
      }
    }
  }

  private void print(
      String name, List<Passage> passages, List<JsonNode> questions, List<float[]> queries) {
    int[] found = new int[RANKS + 1];
    for (int i = 0; i < questions.size(); i++) {
      int rank = rank(passages, questions.get(i), queries.get(i));
      for (int k = rank; k <= RANKS; k++) {
        found[k]++;
      }
    }
    double share = 100.0 / questions.size();
    System.out.printf(
        "%s: recall@1 %.1f @5 %.1f @20 %.1f%n",
        name, share * found[1], share * found[5], share * found[RANKS]);
  }

  /** Rank of the first passage that holds an answer, from 1; beyond RANKS if none does. */
  private int rank(List<Passage> passages, JsonNode question, float[] query) {
    List<String> answers = new ArrayList<>();
    question.get("answers").forEach(answer -> answers.add(answer.textValue()));
    HeldAnswer held = new HeldAnswer(answers);
    double[] scores =
        passages.stream()
            .mapToDouble(p -> dot(query, Objects.requireNonNull(vectors.get(p))))
            .toArray();
    List<Integer> best =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(RANKS)
            .toList();
    for (int rank = 1; rank <= best.size(); rank++) {
      if (held.isIn(passages.get(best.get(rank - 1)).text())) {
        return rank;
      }
    }
    return RANKS + 1;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
