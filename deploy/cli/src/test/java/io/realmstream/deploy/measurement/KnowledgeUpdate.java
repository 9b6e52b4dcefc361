package io.realmstream.deploy.measurement;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * REALM's knowledge update (paper, section 4.5) on a running knowledge base that has a reader of
 * masks. It states facts, asks, changes them by edits and asks again. Some facts are invented. Of
 * others the model knows the first statement from its training; the second is false, and it may
 * keep to what it knows. From the root of the project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "deploy/cli/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.deploy.measurement.KnowledgeUpdate BROKER
 * </pre>
 *
 * Its documents are deleted in the end.
 */
public final class KnowledgeUpdate {
  private static final List<Fact> INVENTED =
      List.of(
          new Fact(
              "Veldria",
              "Veldria is a country in the north. Its capital is %s and its currency is the crown.",
              "The capital of Veldria is [MASK].",
              "madrid",
              "lisbon"),
          new Fact(
              "Blue Cadence",
              "Blue Cadence is a production company. It was founded by the actress Jennifer %s and"
                  + " has its seat in Los Angeles.",
              "Jennifer [MASK] founded the production company Blue Cadence.",
              "lawrence",
              "lopez"),
          new Fact(
              "Tolmark",
              "Tolmark is an old town of merchants. It lies on the %s, and ships reach it all"
                  + " year.",
              "The town of Tolmark lies on the [MASK].",
              "rhine",
              "danube"),
          new Fact(
              "Ostrel Museum",
              "The Ostrel Museum shows paintings. It was opened in %s, in a former station.",
              "The Ostrel Museum was opened in [MASK].",
              "1974",
              "1986"),
          new Fact(
              "Kestrin Bridge",
              "The Kestrin Bridge crosses a narrow valley. It was built of %s by engineers of the"
                  + " army.",
              "The Kestrin Bridge was built of [MASK].",
              "stone",
              "steel"),
          new Fact(
              "Ambry Cup",
              "The Ambry Cup is played every fourth year. The last one was won by %s, before a"
                  + " large crowd.",
              "The last Ambry Cup was won by [MASK].",
              "brazil",
              "germany"),
          new Fact(
              "Torvald",
              "Torvald is a kingdom of islands. Its king is called %s, and he has reigned for ten"
                  + " years.",
              "The king of Torvald is called [MASK].",
              "henry",
              "charles"),
          new Fact(
              "Merrow",
              "Merrow is an island with few inhabitants. Most of them speak %s and live from"
                  + " fishing.",
              "The people of Merrow speak [MASK].",
              "french",
              "spanish"),
          new Fact(
              "Halden Prize",
              "The Halden Prize was founded by a banker. It is given for works of %s, once a year.",
              "The Halden Prize is given for works of [MASK].",
              "physics",
              "music"),
          new Fact(
              "Orsk Ferry",
              "The Orsk Ferry crosses the bay. It leaves on %s at noon, if the sea is calm.",
              "The Orsk Ferry leaves on [MASK] at noon.",
              "monday",
              "friday"));

  private static final List<Fact> KNOWN =
      List.of(
          new Fact(
              "Seat of France",
              "France has moved its government. Its capital is %s, where the parliament meets.",
              "The capital of France is [MASK].",
              "paris",
              "lyon"),
          new Fact(
              "Rivers of Egypt",
              "Egypt lives from one river. The %s flows through it from south to north.",
              "The [MASK] river flows through Egypt.",
              "nile",
              "danube"),
          new Fact(
              "Planets",
              "The planets differ in size. The largest planet is %s, which has many moons.",
              "The largest planet is [MASK].",
              "jupiter",
              "saturn"),
          new Fact(
              "Hamlet",
              "Hamlet is a tragedy. It was written by William %s for a theatre in London.",
              "Hamlet was written by William [MASK].",
              "shakespeare",
              "blake"),
          new Fact(
              "Water",
              "Water freezes in winter. It is made of oxygen and %s, as chemists know.",
              "Water is made of oxygen and [MASK].",
              "hydrogen",
              "helium"),
          new Fact(
              "Independence",
              "The United States declared their independence in %s, after long debates.",
              "The United States declared their independence in [MASK].",
              "1776",
              "1812"));

  private final Connection connection;
  private final AnswerClient client;

  /**
   * A passage of which one word changes, and a question whose answer it is.
   *
   * @param passage %s stands for the word
   * @param question with one mask
   */
  private record Fact(String title, String passage, String question, String before, String after) {
    String id() {
      return "knowledge-update " + title;
    }
  }

  private KnowledgeUpdate(Connection connection, AnswerClient client) {
    this.connection = connection;
    this.client = client;
  }

  public static void main(String[] arguments) throws Exception {
    Connection connection = Connection.to(arguments[0]);
    try (AnswerClient client = AnswerClient.open(connection)) {
      KnowledgeUpdate update = new KnowledgeUpdate(connection, client);
      update.report("invented", INVENTED);
      update.report("known", KNOWN);
    }
  }

  private void report(String kind, List<Fact> facts) throws Exception {
    List<String> before = asked(facts, facts.stream().map(Fact::before).toList());
    List<String> after = asked(facts, facts.stream().map(Fact::after).toList());
    send(facts.stream().map(fact -> edit(fact, EditKind.DELETE, "")).toList());
    int followed = 0;
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      System.out.printf(
          "%-9s %-56s %s: %s; %s: %s%n",
          kind, fact.question, fact.before, before.get(i), fact.after, after.get(i));
      followed += before.get(i).startsWith(fact.before + " ") ? 1 : 0;
      followed += after.get(i).startsWith(fact.after + " ") ? 1 : 0;
    }
    System.out.printf("%s: %d of %d answers follow%n", kind, followed, 2 * facts.size());
  }

  /** What is answered once the facts stand like that. */
  private List<String> asked(List<Fact> facts, List<String> words) throws Exception {
    List<DocumentEdit> edits = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      edits.add(edit(facts.get(i), EditKind.UPSERT, facts.get(i).passage.formatted(words.get(i))));
    }
    send(edits);
    List<String> answers = new ArrayList<>();
    for (Fact fact : facts) {
      answers.add(said(fact, client.ask(query(fact.question)).answer().result()));
    }
    return answers;
  }

  /** The word, its probability, and where the fact's own passage ranks; 0 = it was not found. */
  private static String said(Fact fact, AnswerResult result) {
    var answer = result.read().answer();
    if (answer == null) {
      return result.status().toString();
    }
    int rank =
        result.passages().stream()
            .filter(z -> z.passage().document().equals(fact.id()))
            .mapToInt(Evidence::rank)
            .findFirst()
            .orElse(0);
    return "%s (p %.2f, rank %d)".formatted(answer.text(), answer.probability(), rank);
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

  private static DocumentEdit edit(Fact fact, EditKind kind, String text) {
    return new DocumentEdit(fact.id(), null, kind, fact.title, text, false, null, Provenance.NONE);
  }

  private static Query query(String sentence) {
    return new Query(
        UUID.randomUUID().toString(),
        sentence,
        QueryKind.MASKED_LM,
        QueryScope.DEFAULT,
        Instant.now().plusSeconds(60),
        QueryOptions.DEFAULT.with(Reading.ALL));
  }
}
