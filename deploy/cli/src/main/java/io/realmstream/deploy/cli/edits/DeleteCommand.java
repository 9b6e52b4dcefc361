package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.IdConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.input.Position;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.Silence;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm delete}: takes documents out of the knowledge base. */
@Command(
    name = "delete",
    description = {
      "Take documents out of the knowledge base.",
      "Returns when no answer can quote them any more, with counts. A document of a higher revision"
          + " stays: its deletion is stale. Of an id that no passage has, it is said.%n"
    },
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      arity = "1", // each argument is converted, the last one too
      paramLabel = "ID",
      converter = IdConverter.class,
      description = "Ids of the documents.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--revision",
      paramLabel = "NUMBER",
      description = "Revision of the deletions. Default: now, in milliseconds since 1970.")
  @Range(min = 0)
  private @Nullable Long revision;

  @Option(
      names = "--purge",
      description =
          "Besides empty what caches hold of the documents, so that their texts are forgotten within"
              + " the bounds of FORGETTING.md.")
  private boolean purge;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Give up when nothing happened for so long (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds = 60;

  @Override
  public Integer call() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<DocumentEdit> deletions = ids.stream().map(id -> deletion(id, now)).toList();
    Connection connection = kafka.connect();
    connection.require(connection.topics().documents(), connection.topics().documentStatus());
    EditCounts counts = new EditCounts(streams.err()::println);
    List<String> absent = new ArrayList<>();
    try (StatusWatch watch =
            StatusWatch.open(
                connection,
                (outcome, status) -> {
                  counts.add(outcome, status);
                  if (outcome == Outcome.DELETED && status.changes().removed() == 0) {
                    absent.add(status.id());
                  }
                });
        EditSender<Position> sender = new EditSender<>(connection, watch.outstanding())) {
      deletions.forEach(edit -> send(sender, edit));
      sender.flush();
      if (sender.failure() != null) {
        throw CommandFailure.failed("sending failed: " + sender.failure().getMessage());
      }
      Duration limit = Duration.ofSeconds(timeoutSeconds);
      Silence silence = new Silence(connection, limit);
      watch.await(
          0,
          () -> {
            if (watch.quiet().compareTo(limit) > 0) {
              throw silence.explain(sender.last(), watch.outstanding().count());
            }
            return true;
          });
      absent.forEach(id -> streams.err().println(id + ": there was nothing to delete"));
      streams.out().println(counts.describe());
      return counts.of(Outcome.FAILED) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static void send(EditSender<Position> sender, DocumentEdit edit) {
    sender.send(new Position(edit.id(), 1), edit, Codecs.DOCUMENT_EDIT.encode(edit));
  }

  private DocumentEdit deletion(String id, Instant now) {
    long number = revision == null ? now.toEpochMilli() : revision;
    EditKind kind = purge ? EditKind.PURGE : EditKind.DELETE;
    DocumentEdit edit = new DocumentEdit(id, number, kind, "", "", true, now, Provenance.NONE);
    try {
      return Codecs.DOCUMENT_EDIT.decode(Codecs.DOCUMENT_EDIT.encode(edit));
    } catch (BadRecordException e) {
      throw CommandFailure.usage("" + e.getMessage());
    }
  }
}
