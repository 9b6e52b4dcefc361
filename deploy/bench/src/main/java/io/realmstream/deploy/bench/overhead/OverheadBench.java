package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.bench.Comparison;
import io.realmstream.deploy.bench.CpuTime;
import io.realmstream.deploy.bench.WarmUp;
import io.realmstream.deploy.bench.Workload;
import io.realmstream.deploy.bench.overhead.BareModels.BareReading;
import io.realmstream.deploy.bench.overhead.BareModels.Effort;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Measures a running pipeline against its own models in bare loops and a pass-through job. */
final class OverheadBench implements AutoCloseable {
  private static final int VECTOR_BYTES = 1536;

  private static final WarmUp WARM_UP = new WarmUp(1, 6);

  /** Passages that are loaded for each edit that is made alone. */
  private static final int LOADED = 10;

  /** Those of the updater; the retriever's, for questions, are named embed-query-1 and so on. */
  private static final Pattern EMBEDDING_THREADS = Pattern.compile("embed-\\d+");

  /** Reads all passages, as the bare loops do. So no reading is under way when an answer leaves. */
  private static final QueryOptions READ_ALL = QueryOptions.DEFAULT.with(Reading.ALL);

  private static final String READ_STAGE = "read";
  private static final String EMBED_STAGE = "embed";

  private final BareModels models;
  private final RoundTrip passThrough;
  private final RoundTrip edits;
  private final RoundTrip queries;
  private final Consumer<String> progress;
  private final Workload workload = new Workload();

  /** What is compared; a new one for the pairs that count. */
  private static final class Comparisons {
    final Comparison freshness = new Comparison("edit to answerable, median", "ms");
    final Comparison freshnessTail = new Comparison("edit to answerable, p99", "ms");
    final Comparison answer = new Comparison("an answer outside its models, median", "ms");
    final Comparison embedding = new Comparison("passages per embedding CPU second", "/s");
    final Comparison loading = new Comparison("passages per second while loading", "/s");
    final Comparison answering = new Comparison("answers of 5 passages per second", "/s");
    final Comparison certain = new Comparison("answers read until certain, against all 5", "/s");
  }

  private Comparisons compared = new Comparisons();

  OverheadBench(Connection connection, BareModels models, Consumer<String> progress) {
    Topics topics = connection.topics();
    this.models = models;
    this.progress = progress;
    this.passThrough = new RoundTrip(connection, PassThroughJob.IN, PassThroughJob.OUT);
    this.edits = new RoundTrip(connection, topics.documents(), topics.documentStatus());
    this.queries = new RoundTrip(connection, topics.queries(), topics.answers());
  }

  List<Comparison> run(int pairs, int perPair) {
    progress.accept("loading the sample");
    send(SampleKnowledgeBase.documents());
    WARM_UP.run(
        () -> {
          progress.accept("a pair that does not count, until the compiler rests");
          compare(perPair);
        });
    compared = new Comparisons();
    for (int pair = 1; pair <= pairs; pair++) {
      progress.accept("pair " + pair + " of " + pairs);
      compare(perPair);
    }
    return List.of(
        compared.freshness,
        compared.freshnessTail,
        compared.answer,
        compared.embedding,
        compared.loading,
        compared.answering,
        compared.certain);
  }

  private void compare(int count) {
    compareFreshness(count);
    compareAnswer(count);
    compareLoading(LOADED * count);
    compareAnswering(count);
    compareCertain(count);
  }

  /** One edit at a time; the baseline embeds, then sends a vector's bytes through. */
  private void compareFreshness(int count) {
    Samples ours = new Samples();
    Samples baseline = new Samples();
    for (DocumentEdit edit : workload.passages(count)) {
      long start = System.nanoTime();
      models.embed(edit);
      passThrough.send(edit.id(), new byte[VECTOR_BYTES + edit.text().length()]);
      passThrough.await(1);
      baseline.add(millisSince(start));
    }
    for (DocumentEdit edit : workload.passages(count)) {
      long start = System.nanoTime();
      send(List.of(edit));
      ours.add(millisSince(start));
    }
    compared.freshness.add(ours.median(), baseline.median());
    compared.freshnessTail.add(ours.percentile(99), baseline.percentile(99));
  }

  private void compareAnswer(int count) {
    Samples ours = new Samples();
    Samples baseline = new Samples();
    for (Query query : workload.questions(QueryKind.OPEN_QA, count, READ_ALL)) {
      long start = System.nanoTime();
      passThrough.send(query.id(), Codecs.QUERY.encode(query));
      passThrough.await(1);
      baseline.add(millisSince(start));
      start = System.nanoTime();
      Answer answered = ask(List.of(query)).get(0);
      Map<String, Double> stages = answered.run().stagesMs();
      ours.add(
          millisSince(start)
              - stages.getOrDefault(EMBED_STAGE, 0.0)
              - stages.getOrDefault(READ_STAGE, 0.0));
    }
    compared.answer.add(ours.median(), baseline.median());
  }

  private void compareLoading(int count) {
    Effort bare = models.embedAll(workload.passages(count));
    List<DocumentEdit> passages = workload.passages(count);
    long cpuBefore = CpuTime.ofThreadsNamed(EMBEDDING_THREADS);
    long start = System.nanoTime();
    send(passages);
    long wall = System.nanoTime() - start;
    long cpu = CpuTime.ofThreadsNamed(EMBEDDING_THREADS) - cpuBefore;
    compared.embedding.add(perSecond(count, cpu), perSecond(count, bare.cpuNanos()));
    compared.loading.add(perSecond(count, wall), perSecond(count, bare.wallNanos()));
  }

  /** The bare loop reads what the answers were read from. */
  private void compareAnswering(int count) {
    List<Query> questions = workload.questions(QueryKind.OPEN_QA, count, READ_ALL);
    long start = System.nanoTime();
    List<Answer> answers = ask(questions);
    long wall = System.nanoTime() - start;
    List<BareReading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String question = questions.get(i).text();
      answers
          .get(i)
          .result()
          .passages()
          .forEach(
              p ->
                  readings.add(new BareReading(question, p.passage().title(), p.passage().text())));
    }
    Effort bare = models.readAll(readings);
    compared.answering.add(perSecond(count, wall), perSecond(count, bare.wallNanos()));
  }

  private void compareCertain(int count) {
    double all =
        perSecond(count, nanosToAsk(workload.questions(QueryKind.OPEN_QA, count, READ_ALL)));
    double certain = perSecond(count, nanosToAsk(workload.questions(QueryKind.OPEN_QA, count)));
    compared.certain.add(certain, all);
  }

  private long nanosToAsk(List<Query> questions) {
    long start = System.nanoTime();
    var unused = ask(questions);
    return System.nanoTime() - start;
  }

  /** Returns when all of them are answerable. */
  private void send(List<DocumentEdit> documents) {
    documents.forEach(edit -> edits.send(edit.id(), Codecs.DOCUMENT_EDIT.encode(edit)));
    edits.await(documents.size());
  }

  private List<Answer> ask(List<Query> questions) {
    questions.forEach(query -> queries.send(query.id(), Codecs.QUERY.encode(query)));
    Map<String, byte[]> replies = queries.await(questions.size());
    return questions.stream()
        .map(query -> answer(Objects.requireNonNull(replies.get(query.id()))))
        .toList();
  }

  private static Answer answer(byte[] reply) {
    try {
      Answer answer = Codecs.ANSWER.decode(reply);
      if (answer.result().status() != AnswerStatus.ANSWERED) {
        throw CommandFailure.failed("not answered: " + answer.result());
      }
      return answer;
    } catch (BadRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  private static double perSecond(int count, long nanos) {
    return count * 1e9 / nanos;
  }

  @Override
  public void close() {
    passThrough.close();
    edits.close();
    queries.close();
  }
}
