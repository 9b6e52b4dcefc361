package io.realmstream.deploy.door.documents;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.Silence;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;

/** An edit that is sent and waited for. */
record AwaitedEdit(Connection connection, DocumentEdit edit) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * The status that ended it, as its topic has it: its own, or that of a newer edit.
   *
   * @throws ClientException if none comes in time; the edit may be answerable later
   */
  byte[] status() {
    List<DocumentStatus> ended = new ArrayList<>();
    connection.require(connection.topics().documents(), connection.topics().documentStatus());
    try (StatusWatch watch = StatusWatch.open(connection, (outcome, status) -> ended.add(status));
        EditSender<DocumentEdit> sender = new EditSender<>(connection, watch.outstanding())) {
      sender.send(edit, edit, Codecs.DOCUMENT_EDIT.encode(edit));
      sender.flush();
      RecordMetadata place = sender.last();
      if (place == null) {
        throw ClientException.unreachable("the edit is not sent: " + sender.failure());
      }
      watch.await(0, () -> watch.quiet().compareTo(LIMIT) < 0);
      if (ended.isEmpty()) {
        ClientException silence = new Silence(connection, LIMIT).explain(place, 1);
        throw new ClientException(
            silence.kind(),
            "the edit is sent (partition %d, offset %d); %s"
                .formatted(place.partition(), place.offset(), silence.getMessage()));
      }
      return Codecs.DOCUMENT_STATUS.encode(ended.get(0));
    }
  }
}
