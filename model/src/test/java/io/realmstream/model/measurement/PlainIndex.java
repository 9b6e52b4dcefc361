package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.PassageIdentity;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The passages of a data set under one checkpoint. Every passage is embedded, every question is
 * scored against all of them by a plain double loop, and the best are read.
 */
public final class PlainIndex implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 2;

  /** Whether the reader is given the passages' titles. */
  private static final boolean TITLES =
      Boolean.parseBoolean(System.getProperty("realm.measure.titles", "true"));

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final RetrieverCheckpoint checkpoint;
  private final PartCache cache;
  private final List<Passage> passages;
  private final List<float[]> vectors;
  private final float[] empty;
  private final Encoder encoder;
  private final SpanReader reader;

  record Passage(String id, Hash128 uid, Hash128 contentHash, String title, String text) {}

  record Question(String text, List<String> answers, String passage) {}

  /**
   * @param score q . e
   */
  record Scored(int passage, double score) {}

  interface Work<T, R> {
    R of(T item) throws Exception;
  }

  /**
   * @param data has passages.jsonl {id, title, text}
   * @param out receives the vectors, for the next run
   */
  PlainIndex(RetrieverCheckpoint checkpoint, Path data, Path out) throws Exception {
    this.checkpoint = checkpoint;
    cache =
        new PartCache(out.resolve("models"), PartOpener.local(PlainIndex.class.getClassLoader()));
    passages = rows(data.resolve("passages.jsonl")).stream().map(this::passage).toList();
    vectors = vectors(Files.createDirectories(out));
    try (Encoder tower = Encoder.open(checkpoint.documentTower(), cache)) {
      empty = tower.embedPassage("", "").vector();
    }
    encoder = Encoder.open(checkpoint.queryTower(), cache);
    reader = SpanReader.open(checkpoint.reader(), cache);
  }

  Passage passage(int index) {
    return passages.get(index);
  }

  /** Where the models' files are kept. */
  PartCache models() {
    return cache;
  }

  List<Passage> passages() {
    return passages;
  }

  /** q . e of the empty document. */
  double nullScore(String question) throws Exception {
    return dot(encoder.embedQuery(question).vector(), empty);
  }

  /** The best passages of a question, by rank. */
  List<Scored> best(String question, int count) throws Exception {
    float[] query = encoder.embedQuery(question).vector();
    return IntStream.range(0, passages.size())
        .mapToObj(i -> new Scored(i, dot(query, vectors.get(i))))
        .sorted(
            Comparator.comparingDouble(Scored::score)
                .reversed()
                .thenComparing(scored -> passages.get(scored.passage()).uid()))
        .limit(count)
        .toList();
  }

  /**
   * The candidates among the best passages, with their readings.
   *
   * @param count of candidates
   * @param scale of their scores
   */
  List<Candidate> read(String question, List<Scored> best, int count, double scale)
      throws Exception {
    List<Candidate> fetched = new ArrayList<>();
    for (Scored scored : best) {
      Passage z = passages.get(scored.passage());
      double score = scale * scored.score();
      fetched.add(new Candidate(z.uid(), z.contentHash(), score, z.text(), null));
    }
    List<Candidate> read = new ArrayList<>();
    for (Candidate candidate : CandidateSet.select(fetched, count, null, null)) {
      Passage z = passages.get(best.get(fetched.indexOf(candidate)).passage());
      read.add(candidate.read(reader.read(question, TITLES ? z.title() : "", z.text())));
    }
    return read;
  }

  /** Does the work for all items, on two threads. */
  <T, R> List<R> all(List<T> items, Work<T, R> work)
      throws InterruptedException, ExecutionException {
    List<Callable<R>> calls = new ArrayList<>();
    items.forEach(item -> calls.add(() -> work.of(item)));
    List<R> results = new ArrayList<>();
    for (Future<R> future : threads.invokeAll(calls)) {
      results.add(future.get());
    }
    return results;
  }

  /** A file of questions {question, answers, passage}. */
  static List<Question> questions(Path file) throws IOException {
    return rows(file).stream().map(PlainIndex::question).toList();
  }

  /**
   * Questions of a file of the data, as a measurement's argument names them.
   *
   * @param argument FILE, all of them; FILE=COUNT, so many, drawn at random with seed 1
   */
  static List<Question> questions(Path data, String argument) throws IOException {
    String[] fileAndCount = argument.split("=", 2);
    List<Question> questions = new ArrayList<>(questions(data.resolve(fileAndCount[0])));
    if (fileAndCount.length == 1) {
      return questions;
    }
    Collections.shuffle(questions, new Random(1));
    return questions.subList(0, Integer.parseInt(fileAndCount[1]));
  }

  @Override
  public void close() {
    threads.shutdown();
    encoder.close();
    reader.close();
  }

  private Passage passage(JsonNode row) {
    String id = row.get("id").textValue();
    String title = row.get("title").textValue();
    String text = row.get("text").textValue();
    String format = PassageIdentity.inputFormat(checkpoint.documentTower());
    Hash128 contentHash = PassageIdentity.contentHash(format, title, text);
    return new Passage(id, PassageIdentity.uid(id, contentHash), contentHash, title, text);
  }

  private List<float[]> vectors(Path out) throws Exception {
    VectorFile file = new VectorFile(out.resolve("passages-e5.bin"), checkpoint.documentTower());
    List<float[]> known = file.read();
    if (known.size() == passages.size()) {
      return known;
    }
    long start = System.nanoTime();
    try (Encoder tower = Encoder.open(checkpoint.documentTower(), cache)) {
      List<float[]> embedded = all(passages, p -> tower.embedPassage(p.title(), p.text()).vector());
      System.out.printf("embedding: %.0f s%n", (System.nanoTime() - start) / 1e9);
      file.write(embedded);
      return embedded;
    }
  }

  /** Spec: the sum over i ascending, in double. */
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
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
