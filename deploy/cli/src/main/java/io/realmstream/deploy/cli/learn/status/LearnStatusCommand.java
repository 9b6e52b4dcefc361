package io.realmstream.deploy.cli.learn.status;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.LearningStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm learn status}: the passes of the job RetrieverLearner, and what came of them. */
@Command(
    name = "status",
    description = {
      "Show what the job RetrieverLearner has learned: a line for each pass, the newest last.",
      "PASSED waits for its publication, which needs the superseded versions to be gone.%n"
    },
    mixinStandardHelpOptions = true)
public final class LearnStatusCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--last",
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "How many lines (default: ${DEFAULT-VALUE}).")
  @Range(min = 1)
  private int last = 20;

  @Option(names = "--json", description = "Print one line of JSON a pass.")
  private boolean json;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    String topic = connection.topics().learningStatus();
    connection.require(topic);
    Deque<LearningStatus> newest = new ArrayDeque<>();
    TopicReplay.forEach(
        connection,
        topic,
        Codecs.LEARNING_STATUS,
        status -> {
          newest.add(status);
          if (newest.size() > last) {
            newest.remove();
          }
        });
    for (LearningStatus status : newest) {
      streams.out().println(json ? Json.line(status) : LearnStatusLine.of(status));
    }
    if (newest.isEmpty() && !json) {
      streams.out().println("none: nothing was learned so far");
    }
    return ExitCode.OK;
  }
}
