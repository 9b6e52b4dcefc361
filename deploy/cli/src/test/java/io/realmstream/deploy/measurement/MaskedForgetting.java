package io.realmstream.deploy.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.model.learning.example.MaskedSentence;
import io.realmstream.model.learning.example.SalientSpan;
import io.realmstream.model.learning.example.SalientSpans;
import io.realmstream.model.learning.example.Sentence;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a passage that an edit deletes. Salient words are masked in sentences of passages
 * and asked for: with the passage and the null document, with the null document alone, and with
 * both again after the passage was deleted. On a running knowledge base that has a reader of masks,
 * and none of the passages; from the root of the project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "deploy/cli/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.deploy.measurement.MaskedForgetting BROKER PASSAGES COUNT
 * </pre>
 *
 * PASSAGES has rows {id, title, text}. Words that are no single token are left out, so fewer than
 * COUNT are asked for.
 */
public final class MaskedForgetting {
  private static final int SEED = 1;
  private static final int DEPTH = 20;

  private final Connection connection;
  private final AnswerClient client;

  /**
   * A masked sentence of a document.
   *
   * @param word that the mask stands for
   */
  private record Example(DocumentEdit document, String sentence, String word) {}

  private MaskedForgetting(Connection connection, AnswerClient client) {
    this.connection = connection;
    this.client = client;
  }

  public static void main(String[] arguments) throws Exception {
    Connection connection = Connection.to(arguments[0]);
    List<Example> examples = examples(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    try (AnswerClient client = AnswerClient.open(connection)) {
      new MaskedForgetting(connection, client).measure(examples);
    }
  }

  private void measure(List<Example> examples) throws IOException {
    send(examples.stream().map(Example::document).toList());
    List<Example> asked = new ArrayList<>();
    List<String> uids = new ArrayList<>();
    List<AnswerResult> with = new ArrayList<>();
    for (Example example : examples) {
      String uid = uid(example);
      AnswerResult result = uid == null ? null : ask(example, uid);
      if (uid != null && result != null && result.status() == AnswerStatus.ANSWERED) {
        asked.add(example);
        uids.add(uid);
        with.add(result);
      }
    }
    List<AnswerResult> alone = asked.stream().map(example -> ask(example, null)).toList();
    send(examples.stream().map(z -> edit(z.document().id(), EditKind.DELETE, "", "")).toList());
    List<AnswerResult> deleted = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      deleted.add(ask(asked.get(i), uids.get(i)));
    }
    print("own passage", asked, with);
    print("sentence alone", asked, alone);
    print("passage deleted", asked, deleted);
  }

  /** Of the example's passage; null when it is not found. */
  private @Nullable String uid(Example example) {
    Query query = query(example, QueryKind.RETRIEVE, DEPTH, QueryOptions.DEFAULT);
    return client.ask(query).answer().result().passages().stream()
        .filter(passage -> passage.passage().document().equals(example.document().id()))
        .map(Evidence::uid)
        .findFirst()
        .orElse(null);
  }

  /**
   * @param uid of the passage beside the null document; null = none
   */
  private AnswerResult ask(Example example, @Nullable String uid) {
    QueryOptions options = QueryOptions.DEFAULT.withReferences(List.of(example.word()));
    Query query =
        uid == null
            ? query(example, QueryKind.MASKED_LM, 1, options)
            : query(example, QueryKind.MASKED_LM, 2, options.with(Competition.among(List.of(uid))));
    return client.ask(query).answer().result();
  }

  private static Query query(Example example, QueryKind kind, int k, QueryOptions options) {
    return new Query(
        UUID.randomUUID().toString(),
        example.sentence(),
        kind,
        new QueryScope(k, null, true, null, null),
        Instant.now().plusSeconds(60),
        options);
  }

  private static void print(String name, List<Example> asked, List<AnswerResult> results) {
    double right = 0;
    double log = 0;
    for (int i = 0; i < results.size(); i++) {
      var best = results.get(i).read().answer();
      ReferenceScore score = results.get(i).read().reference();
      right += best != null && best.text().equalsIgnoreCase(asked.get(i).word()) ? 1 : 0;
      log += score == null || score.logProbability() == null ? -100 : score.logProbability();
    }
    System.out.printf(
        "%-15s of %d: P@1 %.1f, NLL %.3f%n",
        name, results.size(), 100 * right / results.size(), -log / results.size());
  }

  /** One of a passage; the passages are drawn at random. */
  private static List<Example> examples(Path file, int count) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> rows = new ArrayList<>(Files.readAllLines(file));
    Collections.shuffle(rows, new Random(SEED));
    Random random = new Random(SEED);
    List<Example> examples = new ArrayList<>();
    for (String row : rows) {
      Example example = examples.size() < count ? example(json.readTree(row), random) : null;
      if (example != null) {
        examples.add(example);
      }
    }
    return examples;
  }

  private static @Nullable Example example(JsonNode row, Random random) {
    String title = row.path("title").asText();
    String text = row.path("text").asText();
    List<MaskedSentence> all = new ArrayList<>();
    for (Sentence sentence : Sentence.of(text)) {
      if (sentence.isTelling()) {
        for (SalientSpan span : SalientSpans.of(sentence.text(), title)) {
          all.add(MaskedSentence.of(sentence.text(), span, words -> 1));
        }
      }
    }
    if (all.isEmpty()) {
      return null;
    }
    MaskedSentence masked = all.get(random.nextInt(all.size()));
    String id = "masked-forgetting " + row.path("id").asText();
    return new Example(edit(id, EditKind.UPSERT, title, text), masked.text(), masked.answer());
  }

  private void send(List<DocumentEdit> edits) throws IOException {
    try (StatusWatch watch = StatusWatch.open(connection, (outcome, status) -> {});
        EditSender<String> sender = new EditSender<>(connection, watch.outstanding())) {
      for (DocumentEdit edit : edits) {
        sender.send(edit.id(), edit, Codecs.DOCUMENT_EDIT.encode(edit));
      }
      watch.await(0, () -> watch.quiet().compareTo(Duration.ofMinutes(2)) < 0);
    }
  }

  private static DocumentEdit edit(String id, EditKind kind, String title, String text) {
    return new DocumentEdit(id, null, kind, title, text, false, null, Provenance.NONE);
  }
}
