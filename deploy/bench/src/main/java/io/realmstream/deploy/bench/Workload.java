package io.realmstream.deploy.bench;

import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts that no model has seen yet, about as long as a passage, and questions with answers. */
public final class Workload {
  private static final int WORDS = 90;
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final List<String> words =
      SampleKnowledgeBase.documents().stream()
          .flatMap(document -> Arrays.stream(document.text().split("\\s+")))
          .toList();
  private final List<String> questions =
      SampleKnowledgeBase.questions().stream().map(SampleKnowledgeBase.Question::question).toList();
  private int made;

  /** New one-passage documents: the sample's running text in steps of one word, numbered. */
  public List<DocumentEdit> passages(int count) {
    List<DocumentEdit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = made++;
      int from = number % (words.size() - WORDS);
      String text = "Note " + number + ": " + String.join(" ", words.subList(from, from + WORDS));
      edits.add(
          new DocumentEdit(
              "bench-" + number,
              1L,
              EditKind.UPSERT,
              "Notes",
              text,
              false,
              Instant.EPOCH,
              Provenance.NONE));
    }
    return edits;
  }

  /** The sample's questions, in turn. */
  public List<Query> questions(QueryKind kind, int count) {
    return questions(kind, count, QueryOptions.DEFAULT);
  }

  /** The same, with options. */
  public List<Query> questions(QueryKind kind, int count, QueryOptions options) {
    Instant deadline = Instant.now().plus(DEADLINE).truncatedTo(ChronoUnit.MILLIS);
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = questions.get(i % questions.size());
      queries.add(
          new Query("bench-query-" + made++, text, kind, QueryScope.DEFAULT, deadline, options));
    }
    return queries;
  }
}
