package io.realmstream.deploy.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.RunningCommand;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.KeptClients;
import io.realmstream.schemas.DeadLetterHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeadLettersIT {
  @SuppressWarnings("NullAway.Init")
  private static TestBroker broker;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void eachIsALineThatTellsWhatWhereAndWhy() throws Exception {
    Connection connection = broker.topics("list");
    bury(connection, "a", bytes("{"), headers("list.documents.v1", 2, 7, "MALFORMED"));
    bury(connection, "b", new byte[] {(byte) 0xff}, headers("list.queries.v1", 0, 3, "MALFORMED"));
    CommandRun all = run("list");
    assertThat(all.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(all.out().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("0  ")
        .contains("  list.documents.v1[2]@7  decode  MALFORMED  a  1 bytes  no such field");
    assertThat(run("list", "--id", "b", "--json").out())
        .contains("\"number\":1")
        .contains("\"valueBase64\":\"/w==\"")
        .doesNotContain("\"value\"");
    assertThat(run("list", "--topic", "list.documents.v1").out().lines()).hasSize(1);
    assertThat(run("list", "--class", "embedding").out()).isEmpty();
    assertThat(run("list", "--number", "1").out()).startsWith("1  ");
  }

  @Test
  void replayedRecordsAreAsTheyWereWhereTheyWere() throws Exception {
    Connection connection = broker.topics("replay");
    List<String[]> twice = headers("replay.documents.v1", 3, 7, "MALFORMED");
    twice.add(0, new String[] {"traceparent", "00-1"});
    bury(connection, "a", bytes("{"), twice);
    bury(connection, "a", bytes("{"), twice);
    bury(connection, "b", bytes("["), headers("replay.queries.v1", 0, 1, "MALFORMED"));
    CommandRun run = run("replay", "--id", "a", "--replay");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.err()).contains("sent 1, not sent 0");
    List<ConsumerRecord<byte[], byte[]>> back = TestBroker.read(connection, "replay.documents.v1");
    assertThat(back).hasSize(1);
    assertThat(back.get(0).partition()).isEqualTo(3);
    assertThat(back.get(0).key()).isEqualTo(bytes("a"));
    assertThat(back.get(0).value()).isEqualTo(bytes("{"));
    assertThat(back.get(0).headers()).hasSize(1);
    assertThat(back.get(0).headers().lastHeader("traceparent").value()).isEqualTo(bytes("00-1"));
    assertThat(TestBroker.read(connection, "replay.queries.v1")).isEmpty();
  }

  @Test
  void whatIsNotWholeIsNotSent() throws Exception {
    Connection connection = broker.topics("cut");
    List<String[]> cut = headers("cut.documents.v1", 0, 7, "TOO_LARGE");
    cut.add(new String[] {DeadLetterHeaders.TRUNCATED, "true"});
    cut.add(new String[] {DeadLetterHeaders.KEPT, "value: 1 of 5 bytes"});
    bury(connection, "a", bytes("{"), cut);
    List<String[]> lost = new ArrayList<>();
    lost.add(new String[] {DeadLetterHeaders.CLASS, "EMBEDDING"});
    bury(connection, "b", new byte[0], lost);
    CommandRun run = run("cut", "--replay", "--json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.contains("\"sent\":false"));
    assertThat(run.err().lines())
        .containsExactly(
            "number 0 is not sent: the record was not kept whole, but value: 1 of 5 bytes",
            "number 1 is not sent: the record itself was not kept, only its id",
            "sent 0, not sent 2");
    assertThat(TestBroker.read(connection, "cut.documents.v1")).isEmpty();
  }

  @Test
  void thoseToComeFollowThoseThatAreThere() throws Exception {
    Connection connection = broker.topics("tail");
    bury(connection, "a", bytes("{"), headers("tail.documents.v1", 2, 7, "MALFORMED"));
    RunningCommand follow =
        RunningCommand.of(
            "dead-letters",
            "--follow",
            "--bootstrap-servers",
            broker.servers(),
            "--topic-prefix",
            "tail");
    assertThat(follow.line()).startsWith("0  ").contains("  tail.documents.v1[2]@7  ");
    bury(connection, "b", bytes("["), headers("tail.queries.v1", 0, 1, "MALFORMED"));
    assertThat(follow.line()).startsWith("1  ").contains("  tail.queries.v1[0]@1  ");
    assertThat(follow.stopReading()).isEqualTo(ExitCode.OK);
  }

  @Test
  void replayingForEverIsRefused() {
    assertThat(run("any", "--follow", "--replay").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private static CommandRun run(String prefix, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(arguments));
    return broker.run(prefix, all.toArray(String[]::new));
  }

  private static List<String[]> headers(String topic, int partition, int offset, String reason) {
    List<String[]> headers = new ArrayList<>();
    Map.of(
            DeadLetterHeaders.TOPIC,
            topic,
            DeadLetterHeaders.PARTITION,
            Integer.toString(partition),
            DeadLetterHeaders.OFFSET,
            Integer.toString(offset),
            DeadLetterHeaders.STAGE,
            "decode",
            DeadLetterHeaders.CLASS,
            reason,
            DeadLetterHeaders.MESSAGE,
            "no such field")
        .forEach((name, value) -> headers.add(new String[] {name, value}));
    return headers;
  }

  private static void bury(
      Connection connection, String key, byte[] value, List<String[]> headers) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(connection.topics().deadLetters(), bytes(key), value);
    headers.forEach(header -> letter.headers().add(header[0], bytes(header[1])));
    KeptClients.send(connection, letter);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
