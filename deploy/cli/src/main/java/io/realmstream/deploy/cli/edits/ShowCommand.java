package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.IdConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.documents.DocumentStory;
import io.realmstream.deploy.client.documents.StoryReader;
import io.realmstream.deploy.client.documents.StoryReport;
import io.realmstream.deploy.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm show}: what became of a document. */
@Command(
    name = "show",
    description = {
      "Show a document: revision, status, times, why it failed if it did, and its passages in each"
          + " index version.",
      "Read from the topics. Vectors stay on theirs for seven days; of a document that was"
          + " published before, the passages are not known here. Exit code 5: no such document.%n"
    },
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(paramLabel = "ID", converter = IdConverter.class, description = "The document's id.")
  private String id = "";

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    StoryReader reader = new StoryReader(kafka.connect(), id, streams.err()::println);
    DocumentStory story = reader.story();
    if (!story.known()) {
      throw new CommandFailure(ExitCode.NO_ANSWER, "no document " + id);
    }
    StoryReport report = reader.report(story);
    streams.out().println(json ? Json.line(report) : StoryPage.of(report, story));
    return ExitCode.OK;
  }
}
