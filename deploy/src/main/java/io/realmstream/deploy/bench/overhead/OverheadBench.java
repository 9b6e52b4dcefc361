package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.bench.overhead.BareModels.Effort;
import io.realmstream.deploy.bench.overhead.BareModels.Reading;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Answer;
import io.realmstream.schemas.query.AnswerStatus;
import io.realmstream.schemas.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Measures a running pipeline against its own models in bare loops and a pass-through job. */
final class OverheadBench implements AutoCloseable {
  private static final int VECTOR_BYTES = 1536;

  /** Those of the updater; the retriever's, for questions, are named embed-query-1 and so on. */
  private static final Pattern EMBEDDING_THREADS = Pattern.compile("embed-\\d+");

  private static final String READ_STAGE = "read";
  private static final String EMBED_STAGE = "embed";

  private final BareModels models;
  private final RoundTrip passThrough;
  private final RoundTrip edits;
  private final RoundTrip queries;
  private final Consumer<String> progress;
  private final Workload workload = new Workload();

  private final Comparison freshness = new Comparison("edit to answerable, median", "ms");
  private final Comparison freshnessTail = new Comparison("edit to answerable, p99", "ms");
  private final Comparison answer = new Comparison("an answer outside its models, median", "ms");
  private final Comparison embedding = new Comparison("passages per embedding CPU second", "/s");
  private final Comparison loading = new Comparison("passages per second while loading", "/s");
  private final Comparison answering = new Comparison("answers of 5 passages per second", "/s");

  OverheadBench(Connection connection, BareModels models, Consumer<String> progress) {
    Topics topics = connection.topics();
    this.models = models;
    this.progress = progress;
    this.passThrough = new RoundTrip(connection, PassThroughJob.IN, PassThroughJob.OUT);
    this.edits = new RoundTrip(connection, topics.documents(), topics.documentStatus());
    this.queries = new RoundTrip(connection, topics.queries(), topics.answers());
  }

  List<Comparison> run(int pairs, int perPair) {
    warmUp();
    for (int pair = 1; pair <= pairs; pair++) {
      progress.accept("pair " + pair + " of " + pairs);
      compareFreshness(perPair);
      compareAnswer(perPair / 2);
      compareLoading(5 * perPair);
      compareAnswering(perPair);
    }
    return List.of(freshness, freshnessTail, answer, embedding, loading, answering);
  }

  private void warmUp() {
    progress.accept("loading the sample");
    send(SampleKnowledgeBase.documents());
    compareFreshness(10, new Samples());
    compareAnswering(10, new Comparison("", ""));
  }

  /** Milliseconds of both sides. */
  private static final class Samples {
    final List<Double> ours = new ArrayList<>();
    final List<Double> baseline = new ArrayList<>();
  }

  private void compareFreshness(int count) {
    Samples samples = new Samples();
    compareFreshness(count, samples);
    freshness.add(Comparison.median(samples.ours), Comparison.median(samples.baseline));
    freshnessTail.add(
        Comparison.percentile(samples.ours, 99), Comparison.percentile(samples.baseline, 99));
  }

  /** One edit at a time, by turns; the baseline embeds, then sends a vector's bytes through. */
  private void compareFreshness(int count, Samples samples) {
    for (DocumentEdit edit : workload.passages(count)) {
      long start = System.nanoTime();
      models.embed(edit);
      passThrough.send(edit.id(), new byte[VECTOR_BYTES + edit.text().length()]);
      passThrough.await(1);
      samples.baseline.add(millisSince(start));
    }
    for (DocumentEdit edit : workload.passages(count)) {
      long start = System.nanoTime();
      send(List.of(edit));
      samples.ours.add(millisSince(start));
    }
  }

  private void compareAnswer(int count) {
    Samples samples = new Samples();
    for (Query query : workload.questions(count)) {
      long start = System.nanoTime();
      passThrough.send(query.id(), Codecs.QUERY.encode(query));
      passThrough.await(1);
      samples.baseline.add(millisSince(start));
      start = System.nanoTime();
      Answer answered = ask(List.of(query)).get(0);
      Map<String, Double> stages = answered.run().stagesMs();
      samples.ours.add(
          millisSince(start)
              - stages.getOrDefault(EMBED_STAGE, 0.0)
              - stages.getOrDefault(READ_STAGE, 0.0));
    }
    answer.add(Comparison.median(samples.ours), Comparison.median(samples.baseline));
  }

  private void compareLoading(int count) {
    Effort bare = models.embedAll(workload.passages(count));
    List<DocumentEdit> passages = workload.passages(count);
    long cpuBefore = ThreadTime.ofThreadsNamed(EMBEDDING_THREADS);
    long start = System.nanoTime();
    send(passages);
    long wall = System.nanoTime() - start;
    long cpu = ThreadTime.ofThreadsNamed(EMBEDDING_THREADS) - cpuBefore;
    embedding.add(perSecond(count, cpu), perSecond(count, bare.cpuNanos()));
    loading.add(perSecond(count, wall), perSecond(count, bare.wallNanos()));
  }

  private void compareAnswering(int count) {
    compareAnswering(count, answering);
  }

  /** The bare loop reads what the answers were read from. */
  private void compareAnswering(int count, Comparison comparison) {
    List<Query> questions = workload.questions(count);
    long start = System.nanoTime();
    List<Answer> answers = ask(questions);
    long wall = System.nanoTime() - start;
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String question = questions.get(i).text();
      answers
          .get(i)
          .result()
          .passages()
          .forEach(p -> readings.add(new Reading(question, p.title(), p.text())));
    }
    Effort bare = models.readAll(readings);
    comparison.add(perSecond(count, wall), perSecond(count, bare.wallNanos()));
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
