package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.KafkaOptions;
import io.realmstream.deploy.cli.client.TopicReplay;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm show}: what became of a document. */
@Command(
    name = "show",
    description = {
      "Show a document: revision, passages, version, times, and why it failed if it did.",
      "Read from the documents and document-status topics; exit code 5 if neither knows it.%n"
    },
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  /** Whatever the broker took can be shown. */
  private static final JsonCodec<DocumentEdit> EDIT = Codecs.DOCUMENT_EDIT.withBytesMax(9 << 20);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(paramLabel = "ID", description = "The document's id.")
  private String id = "";

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    connection.require(connection.topics().documents(), connection.topics().documentStatus());
    DocumentStory story = new DocumentStory();
    replay(connection, connection.topics().documents(), record -> edit(story, record));
    replay(connection, connection.topics().documentStatus(), record -> status(story, record));
    if (!story.known()) {
      throw new CommandFailure(ExitCode.NO_ANSWER, "no document " + id);
    }
    StoryPrinter printer = new StoryPrinter(id, story);
    streams.out().println(json ? printer.json() : printer.text());
    return ExitCode.OK;
  }

  private void replay(
      Connection connection, String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    try (TopicReplay replay = TopicReplay.of(connection, topic, key)) {
      replay.forEach(
          record -> {
            if (Arrays.equals(key, record.key())) {
              action.accept(record);
            }
          });
    }
  }

  private void edit(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    try {
      DocumentEdit edit =
          record.value() == null
              ? new DocumentEdit(id, null, EditKind.DELETE, "", "", true, null)
              : EDIT.decode(record.value());
      story.edit(edit, record.timestamp());
    } catch (BadRecordException e) {
      // it went to the dead letters and never was an edit
      streams.err().println("malformed edit at offset " + record.offset() + ": " + e.getMessage());
    }
  }

  private void status(DocumentStory story, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        story.status(Codecs.DOCUMENT_STATUS.decode(record.value()));
      }
    } catch (BadRecordException e) {
      streams.err().println("malformed status at offset " + record.offset());
    }
  }
}
