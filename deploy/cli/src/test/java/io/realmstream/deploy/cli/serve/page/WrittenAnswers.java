package io.realmstream.deploy.cli.serve.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.KeptClients;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Answers that a test writes, in the place of a retriever, to the questions that a door asks. */
final class WrittenAnswers {
  /** Writes half surrogates too, as escapes. */
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Connection connection;
  private final Set<String> answered = new HashSet<>();

  WrittenAnswers(Connection connection) {
    this.connection = connection;
  }

  /** A text as JSON of ASCII, which a driver hands on whatever the text is. */
  static String ascii(String text) throws IOException {
    return ASCII.writeValueAsString(text);
  }

  /** Waits for the next question and gives it that result, which has seen all edits until now. */
  void answer(ObjectNode result) throws Exception {
    answer(result, Instant.now());
  }

  /**
   * The same with another age.
   *
   * @param indexedThrough null = unknown
   */
  void answer(ObjectNode result, @Nullable Instant indexedThrough) throws Exception {
    ConsumerRecord<byte[], byte[]> question = next();
    ObjectNode answer = ASCII.createObjectNode();
    answer.put("id", new String(question.key(), UTF_8)).set("result", result);
    ObjectNode run = answer.putObject("run");
    run.putObject("stagesMs");
    if (indexedThrough != null) {
      run.put("indexedThrough", indexedThrough.toString());
    }
    byte[] bytes = ASCII.writeValueAsString(answer).getBytes(US_ASCII);
    String topic = connection.topics().answers();
    KeptClients.send(
        connection, new ProducerRecord<>(topic, 0, question.key(), bytes, question.headers()));
  }

  private ConsumerRecord<byte[], byte[]> next() {
    ConsumerRecord<byte[], byte[]> question =
        await("a question")
            .atMost(Duration.ofMinutes(1))
            .until(this::unanswered, Optional::isPresent)
            .orElseThrow();
    answered.add(new String(question.key(), UTF_8));
    return question;
  }

  private Optional<ConsumerRecord<byte[], byte[]>> unanswered() {
    return TestBroker.read(connection, connection.topics().queries()).stream()
        .filter(record -> !answered.contains(new String(record.key(), UTF_8)))
        .findFirst();
  }

  /** The one passage of such an answer. */
  static ObjectNode passage(ObjectNode result) {
    return (ObjectNode) result.withArray("passages").get(0);
  }

  /**
   * An answer whose texts are all the same.
   *
   * @param document which its one passage is quoted from
   * @param text the answer, each runner-up, the passage, its title and the reason
   */
  static ObjectNode saying(String document, String text) {
    ObjectNode result = ASCII.createObjectNode();
    result.put("status", "ANSWERED").put("reason", text).put("kind", "OPEN_QA");
    result.put("normalization", "PAPER").put("decoding", "MARGINAL");
    result.putObject("answer").put("text", text).put("probability", 0.5);
    result.putArray("runnersUp").addObject().put("text", text + " too").put("probability", 0.25);
    result.put("noAnswerMass", 0.125);
    ArrayNode passages = result.putArray("passages");
    ObjectNode passage = passages.addObject().put("rank", 1).put("uid", "0".repeat(32));
    passage.put("document", document).put("title", text).put("text", text);
    passage.put("revision", 1).put("start", 0).put("end", text.length());
    passage.put("score", 1).put("probability", 1);
    passage.put("answerProbability", 0.5).put("posterior", 1);
    passage.putObject("span").put("text", text).put("start", 0).put("end", text.length());
    result.putObject("version").put("number", 1).put("partition", "flat-16");
    result.put("exact", true).put("cellsProbed", 16).put("complete", true);
    return result.put("partial", false).put("truncated", false);
  }
}
