package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.learning.example.Sentence;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A corpus with its trunk outputs, and the queries on it. Each text is embedded once. */
public final class LearningData implements AutoCloseable {
  private final Streams streams;
  private final Encoder documentEncoder;
  private final Encoder queryEncoder;
  private final Corpus corpus;
  private final Trunks queryTrunks;
  private final List<float[]> passages;

  /**
   * A query with the passages that it accepts.
   *
   * @param passages their places in the corpus
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pair(float[] query, int[] passages) {}

  /** A passage for the document tower. */
  private record PassageInput(Encoder encoder, String title, String text) implements Trunks.Input {
    @Override
    public Hash128 hash() {
      return Hash128.ofTexts("passage", title, text);
    }

    @Override
    public float[] embed() throws EmbeddingException {
      return encoder.trunkOfPassage(title, text).pooled();
    }
  }

  /** A question or a sentence for the query tower. */
  private record QueryInput(Encoder encoder, String text) implements Trunks.Input {
    @Override
    public Hash128 hash() {
      return Hash128.ofTexts("query", text);
    }

    @Override
    public float[] embed() throws EmbeddingException {
      return encoder.trunkOfQuery(text).pooled();
    }
  }

  /** Reads the documents and embeds their passages. */
  public LearningData(CorpusOptions options, RetrieverCheckpoint checkpoint, Streams streams)
      throws IOException, InterruptedException {
    this(options, checkpoint, options.read(checkpoint.documentTower(), streams), streams);
  }

  /** Embeds the passages of documents that were read. */
  public LearningData(
      CorpusOptions options, RetrieverCheckpoint checkpoint, Corpus corpus, Streams streams)
      throws IOException, InterruptedException {
    this.streams = streams;
    this.corpus = corpus;
    documentEncoder = options.open(checkpoint.documentTower());
    queryEncoder = options.open(checkpoint.queryTower());
    queryTrunks = options.trunks(checkpoint.queryTower(), streams);
    passages =
        options
            .trunks(checkpoint.documentTower(), streams)
            .of(
                corpus.passages().stream()
                    .map(each -> new PassageInput(documentEncoder, each.title(), each.text()))
                    .toList(),
                "passages");
  }

  /** The documents. */
  public Corpus corpus() {
    return corpus;
  }

  /** Trunk outputs of all passages. */
  public List<float[]> passages() {
    return passages;
  }

  /** Number of each passage's document. */
  public int[] documents() {
    return corpus.documents();
  }

  /** What the passage is held out with. */
  public String group(int passage) {
    return corpus.passages().get(passage).group();
  }

  /** The statistics of all passages. */
  public TrunkStatistics statistics() {
    TrunkStatistics statistics = new TrunkStatistics(passages.get(0).length);
    passages.forEach(statistics::add);
    return statistics;
  }

  /** Every telling sentence of documents that are not held out, with its own passage. */
  public List<Pair> sentences() throws IOException, InterruptedException {
    List<QueryInput> texts = new ArrayList<>();
    List<int[]> own = new ArrayList<>();
    for (int passage = 0; passage < passages.size(); passage++) {
      if (HeldOut.contains(group(passage))) {
        continue;
      }
      for (Sentence sentence : Sentence.of(corpus.passages().get(passage).text())) {
        if (sentence.isTelling()) {
          texts.add(new QueryInput(queryEncoder, sentence.text()));
          own.add(new int[] {passage});
        }
      }
    }
    return pairs(texts, own, "sentences");
  }

  /** Questions none of whose documents is held out, with the passages of their documents. */
  public List<Pair> feedback(Path file, int most) throws IOException, InterruptedException {
    List<QueryInput> texts = new ArrayList<>();
    List<int[]> accepted = new ArrayList<>();
    for (GoldQuestion question : GoldQuestion.read(QuestionFile.read(file, streams))) {
      int[] own = passagesOf(documentsOf(question));
      if (own.length > 0 && groups(own).noneMatch(HeldOut::contains) && texts.size() < most) {
        texts.add(new QueryInput(queryEncoder, question.question()));
        accepted.add(own);
      }
    }
    return pairs(texts, accepted, "feedback");
  }

  /** Questions whose documents are in the corpus. */
  public JudgedFile judged(Path file) throws IOException, InterruptedException {
    return judged(file, group -> true);
  }

  /**
   * Those that are fit to judge.
   *
   * @param judges whether a group may judge; one that may not keeps out all questions on it
   */
  public JudgedFile judged(Path file, Predicate<String> judges)
      throws IOException, InterruptedException {
    List<QueryInput> texts = new ArrayList<>();
    List<int[]> accepted = new ArrayList<>();
    List<List<String>> groups = new ArrayList<>();
    for (GoldQuestion question : GoldQuestion.read(QuestionFile.read(file, streams))) {
      int[] documents = documentsOf(question);
      int[] own = passagesOf(documents);
      if (own.length > 0 && groups(own).allMatch(judges)) {
        texts.add(new QueryInput(queryEncoder, question.question()));
        accepted.add(documents);
        groups.add(groups(own).distinct().toList());
      }
    }
    if (texts.isEmpty()) {
      throw CommandFailure.failed(
          file + ": no question names a document that was read and that may judge");
    }
    return new JudgedFile(
        String.valueOf(file.getFileName()), queryTrunks.of(texts, "questions"), accepted, groups);
  }

  private List<Pair> pairs(List<QueryInput> texts, List<int[]> accepted, String task)
      throws IOException, InterruptedException {
    List<float[]> queries = queryTrunks.of(texts, task);
    return IntStream.range(0, queries.size())
        .mapToObj(i -> new Pair(queries.get(i), accepted.get(i)))
        .toList();
  }

  private Stream<String> groups(int[] passages) {
    return Arrays.stream(passages).mapToObj(this::group);
  }

  private int[] documentsOf(GoldQuestion question) {
    return question.passages().stream()
        .map(corpus.numbers()::get)
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] passagesOf(int[] documents) {
    return IntStream.range(0, passages.size())
        .filter(
            i ->
                Arrays.stream(documents)
                    .anyMatch(document -> document == corpus.passages().get(i).document()))
        .toArray();
  }

  @Override
  public void close() {
    documentEncoder.close();
    queryEncoder.close();
  }
}
