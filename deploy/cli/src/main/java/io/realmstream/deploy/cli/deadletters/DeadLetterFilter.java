package io.realmstream.deploy.cli.deadletters;

import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant; all of them without any option. */
final class DeadLetterFilter {
  @Option(
      names = "--number",
      paramLabel = "N",
      description = "Only the one of that number, the first column. May be repeated.")
  @Range(min = 0)
  private List<Long> numbers = new ArrayList<>();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only of the document, query or other record of that key.")
  private @Nullable String id;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only of records that were read from that topic.")
  private @Nullable String topic;

  @Option(
      names = "--class",
      paramLabel = "WORD",
      description = "Only of that reason, for instance MALFORMED.")
  private @Nullable String reason;

  boolean accepts(DeadLetter letter) {
    return (numbers.isEmpty() || numbers.contains(letter.number()))
        && (id == null || id.equals(letter.id()))
        && (topic == null || topic.equals(letter.topic()))
        && (reason == null || reason.equalsIgnoreCase(letter.reason()));
  }
}
