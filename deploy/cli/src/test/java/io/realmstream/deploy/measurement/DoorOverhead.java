package io.realmstream.deploy.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a door adds to a question, and whether its answers are the topic's records. Each question of
 * the sample is asked in turns through the door and by a plain Kafka client of the same settings,
 * one after the other. In front of a running knowledge base that holds the sample; from the root of
 * the project:
 *
 * <pre>
 * deploy/realm serve &amp;
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "deploy/cli/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.deploy.measurement.DoorOverhead BROKER http://localhost:8090 RETRIEVE 1000
 * </pre>
 *
 * The kind may be OPEN_QA as well. Exits with 1 if an answer is no record of the topic.
 */
public final class DoorOverhead {
  /** Questions each way before anything counts. */
  private static final int WARM_UP = 200;

  private final Connection connection;
  private final URI ask;
  private final QueryKind kind;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> questions =
      SampleKnowledgeBase.questions().stream().map(SampleKnowledgeBase.Question::question).toList();
  private final Map<String, byte[]> answers = new HashMap<>();

  private DoorOverhead(Connection connection, String door, QueryKind kind) {
    this.connection = connection;
    this.ask = URI.create(door + "/v1/ask");
    this.kind = kind;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings = new HashMap<>(Connection.to(arguments[0]).settings());
    // like the door's producer: clients wait
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    Connection connection = new Connection(settings, Connection.to(arguments[0]).topics());
    DoorOverhead overhead =
        new DoorOverhead(connection, arguments[1], QueryKind.valueOf(arguments[2]));
    overhead.measure(Integer.parseInt(arguments[3]));
    System.exit(overhead.strangers() == 0 ? 0 : 1);
  }

  private void measure(int count) throws Exception {
    double[] door = new double[count];
    double[] plain = new double[count];
    double[] differences = new double[count];
    try (AnswerClient client = AnswerClient.open(connection)) {
      for (int i = -WARM_UP; i < count; i++) {
        String text = questions.get(Math.floorMod(i, questions.size()));
        // the one that comes first changes with each turn
        double first = i % 2 == 0 ? throughDoor(text) : plainly(client, text);
        double second = i % 2 == 0 ? plainly(client, text) : throughDoor(text);
        if (i >= 0) {
          door[i] = i % 2 == 0 ? first : second;
          plain[i] = i % 2 == 0 ? second : first;
          differences[i] = door[i] - plain[i];
        }
      }
    }
    System.out.printf("%d turns of %s, ms at the median, 10th and 90th percentile%n", count, kind);
    print("through the door", door);
    print("plain Kafka client", plain);
    print("difference of a turn", differences);
    System.out.printf("difference of the medians: %.2f ms%n", at(door, 0.5) - at(plain, 0.5));
  }

  private double throughDoor(String text) throws Exception {
    Query query = query(text);
    long start = System.nanoTime();
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(ask)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Codecs.QUERY.encode(query)))
                .build(),
            BodyHandlers.ofByteArray());
    double ms = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() != 200) {
      throw new IllegalStateException(new String(response.body(), UTF_8));
    }
    answers.put(query.id(), response.body());
    return ms;
  }

  private double plainly(AnswerClient client, String text) {
    Query query = query(text);
    long start = System.nanoTime();
    client.ask(query);
    return (System.nanoTime() - start) / 1e6;
  }

  private Query query(String text) {
    return new Query(
        UUID.randomUUID().toString(),
        text,
        kind,
        QueryScope.DEFAULT,
        Instant.now().plusSeconds(30),
        QueryOptions.DEFAULT);
  }

  /** How many answers of the door are no record of the topic; an id may have several records. */
  private int strangers() {
    Set<String> equal = new HashSet<>();
    int[] records = {0};
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().answers())) {
      replay.forEach(
          record -> {
            String id = new String(record.key(), UTF_8);
            if (answers.containsKey(id)) {
              records[0]++;
              if (Arrays.equals(answers.get(id), record.value())) {
                equal.add(id);
              }
            }
          });
    }
    System.out.printf(
        "%d answers of the door, %d records of their ids, %d equal byte for byte%n",
        answers.size(), records[0], equal.size());
    return answers.size() - equal.size();
  }

  private static void print(String what, double[] ms) {
    System.out.printf("%-22s %7.2f %7.2f %7.2f%n", what, at(ms, 0.5), at(ms, 0.1), at(ms, 0.9));
  }

  private static double at(double[] ms, double rank) {
    double[] sorted = ms.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, rank * sorted.length)];
  }
}
