package io.realmstream.deploy.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.BadRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says which share of the questions of a running knowledge base was searched more than once, and
 * how long each took from its record in Kafka to that of its answer. From the root of the project,
 * after some `deploy/realm ask --file`:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "deploy/cli/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.deploy.measurement.SecondSearches BROKER
 * </pre>
 */
public final class SecondSearches {
  private final Connection connection;

  private SecondSearches(Connection connection) {
    this.connection = connection;
  }

  public static void main(String[] arguments) {
    Map<String, Object> broker = Map.of("bootstrap.servers", arguments[0]);
    new SecondSearches(new Connection(broker, new Topics("realm"))).print();
  }

  private void print() {
    Map<String, Long> asked = times(connection.topics().queries());
    Map<String, Integer> again = again();
    Map<Integer, List<Long>> msBySearches = new TreeMap<>();
    Map<String, Long> answered = times(connection.topics().answers());
    answered.keySet().retainAll(asked.keySet());
    answered.forEach(
        (id, ms) ->
            msBySearches
                .computeIfAbsent(1 + again.getOrDefault(id, 0), unseen -> new ArrayList<>())
                .add(ms - asked.getOrDefault(id, ms)));
    msBySearches.forEach(
        (searches, ms) -> {
          ms.sort(null);
          System.out.printf(
              "%d searches: %d of %d questions, %.2f %%; median %d ms, 95 %% within %d ms%n",
              searches,
              ms.size(),
              answered.size(),
              100.0 * ms.size() / answered.size(),
              ms.get(ms.size() / 2),
              ms.get(ms.size() * 95 / 100));
        });
  }

  /** When each key's first record was written, in epoch ms. */
  private Map<String, Long> times(String topic) {
    Map<String, Long> times = new HashMap<>();
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      replay.forEach(
          record -> times.putIfAbsent(new String(record.key(), UTF_8), record.timestamp()));
    }
    return times;
  }

  /** How often each question was asked again, by its id. */
  private Map<String, Integer> again() {
    Map<String, Integer> again = new HashMap<>();
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().searchAgain())) {
      replay.forEach(
          record -> {
            try {
              again.merge(SearchAgain.decode(record.value()).query().id(), 1, Integer::sum);
            } catch (BadRecordException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    return again;
  }
}
