package io.realmstream.deploy.cli.deadletters;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.TopicTail;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.deploy.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm dead-letters}: what nobody could use. */
@Command(
    name = "dead-letters",
    description = {
      "List the records that nobody could use, and send them again.",
      "A line tells number, time, where the record stood (topic[partition]@offset), which operator"
          + " refused it, why in a word, the record's key, its size, and why in a sentence.",
      "With --replay each listed record goes back to the topic and partition that it came from,"
          + " bytes, key and headers as they were. What is refused again is a new dead letter. Cut"
          + " records, and such as were not kept, cannot be sent: exit code 1.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: realm dead-letters --class EMBEDDING --replay"})
public final class DeadLettersCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final DeadLetterFilter filter = new DeadLetterFilter();
  @Mixin private final Streams streams = new Streams();

  @Option(names = "--follow", description = "Go on with those that come, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--replay", description = "Send the listed records to where they came from.")
  private boolean replay;

  @Option(
      names = "--json",
      description =
          "Print each as one line of JSON, with its value as text or, unless it is UTF-8, in base"
              + " 64.")
  private boolean json;

  @Override
  public Integer call() {
    if (follow && replay) {
      throw CommandFailure.usage("--follow and --replay: what is refused again would never end");
    }
    Connection connection = kafka.connect();
    connection.require(connection.topics().deadLetters());
    if (follow) {
      return follow(connection);
    }
    List<DeadLetter> letters = new ArrayList<>();
    list(connection, letters::add);
    if (!replay) {
      letters.forEach(letter -> print(letter, null));
      return ExitCode.OK;
    }
    return replay(connection, letters);
  }

  /** Opens the tail first, so that nothing comes between what is there and what follows. */
  private int follow(Connection connection) {
    try (Interruption interruption = Interruption.watch();
        TopicTail tail = TopicTail.open(connection, connection.topics().deadLetters())) {
      Map<Integer, Long> next = new HashMap<>();
      list(
          connection,
          letter -> {
            print(letter, null);
            next.put(letter.letter().partition(), letter.number() + 1);
          });
      while (!interruption.requested() && !streams.out().checkError()) {
        for (ConsumerRecord<byte[], byte[]> record : tail.poll(Duration.ofMillis(200))) {
          DeadLetter letter = new DeadLetter(record);
          if (letter.number() >= next.getOrDefault(record.partition(), 0L)
              && filter.accepts(letter)) {
            print(letter, null);
          }
        }
      }
    }
    return ExitCode.OK;
  }

  /** All were read before the first is sent: what is refused at once must not be sent for ever. */
  private int replay(Connection connection, List<DeadLetter> letters) {
    int failed = 0;
    try (Replay sender = new Replay(connection)) {
      for (DeadLetter letter : letters) {
        String problem = sender.send(letter);
        print(letter, problem == null);
        if (problem != null) {
          failed++;
          streams.err().println("number " + letter.number() + " is not sent: " + problem);
        }
      }
      streams.err().println("sent " + sender.count() + ", not sent " + failed);
    }
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void list(Connection connection, Consumer<DeadLetter> action) {
    try (TopicReplay all = TopicReplay.of(connection, connection.topics().deadLetters())) {
      all.forEach(
          record -> {
            DeadLetter letter = new DeadLetter(record);
            if (filter.accepts(letter)) {
              action.accept(letter);
            }
          });
    }
  }

  /**
   * @param sent null = that was not tried
   */
  private void print(DeadLetter letter, @Nullable Boolean sent) {
    streams.out().println(json ? Json.line(letter.report(sent)) : DeadLetterLine.of(letter));
  }
}
