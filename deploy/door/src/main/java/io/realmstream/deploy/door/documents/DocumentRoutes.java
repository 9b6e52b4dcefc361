package io.realmstream.deploy.door.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.documents.DocumentStory;
import io.realmstream.deploy.client.documents.StoryReader;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** {@code /v1/documents}: edits in, and what became of them. */
public final class DocumentRoutes {
  private static final String JSON = "application/json";

  private final Connection connection;
  private final Producer<byte[], byte[]> producer;
  private final InFlight inFlight;
  private final RequestBodies bodies;

  public DocumentRoutes(
      Connection connection,
      Producer<byte[], byte[]> producer,
      InFlight inFlight,
      RequestBodies bodies) {
    this.connection = connection;
    this.producer = producer;
    this.inFlight = inFlight;
    this.bodies = bodies;
  }

  /** Where an edit went; its fields are those of the JSON. */
  private record Accepted(String id, String topic, int partition, long offset) {}

  /** An edit of a document, as the topic takes it. */
  public void post(Context request) throws IOException {
    send(request, decoded(bodies.read(request, Bounds.DEFAULT)));
  }

  /** A deletion, or a purge; behind all edits before it, unless it names a revision. */
  public void delete(Context request) {
    String purge = request.queryParam("purge");
    if (purge != null && !purge.equals("true") && !purge.equals("false")) {
      throw Refusal.badRequest("purge: must be true or false");
    }
    EditKind kind = "true".equals(purge) ? EditKind.PURGE : EditKind.DELETE;
    ObjectNode edit = Json.MAPPER.createObjectNode();
    edit.put("id", request.pathParam("id")).put("kind", kind.name());
    String revision = request.queryParam("revision");
    if (revision != null) {
      edit.put("revision", number(revision));
    }
    send(request, decoded(Json.line(edit).getBytes(UTF_8)));
  }

  /** What {@code realm show --json} prints; with {@code ?as=edit} the newest edit. */
  public void get(Context request) {
    String id = request.pathParam("id");
    String as = request.queryParam("as");
    if (as != null && !as.equals("edit")) {
      throw Refusal.badRequest("as: must be edit");
    }
    inFlight.run(
        () -> {
          StoryReader reader = new StoryReader(connection, id, malformed -> {});
          DocumentStory story = reader.story();
          if (!story.known()) {
            throw new Refusal(404, "no document " + id);
          }
          request.contentType(JSON);
          if (as == null) {
            request.result(Json.line(reader.report(story)));
          } else {
            request.result(Codecs.DOCUMENT_EDIT.encode(newest(story)));
          }
        });
  }

  /** The newest edit, with the revision that was given to it. */
  private static DocumentEdit newest(DocumentStory story) {
    DocumentEdit edit = story.edit();
    if (edit == null) {
      throw new Refusal(404, "the topic has forgotten the edits of this document");
    }
    return edit.withRevision(story.revision());
  }

  private void send(Context request, DocumentEdit edit) {
    String wait = request.queryParam("wait");
    if (wait != null && !wait.equals("answerable")) {
      throw Refusal.badRequest("wait: must be answerable");
    }
    inFlight.run(
        () -> {
          if (wait == null) {
            request.status(202).contentType(JSON).result(Json.line(send(edit)));
          } else {
            request.contentType(JSON).result(new AwaitedEdit(connection, edit).status());
          }
        });
  }

  /** Returns when the broker has it. */
  private Accepted send(DocumentEdit edit) {
    RecordMetadata place =
        Connection.await(
            producer.send(
                new ProducerRecord<>(
                    connection.topics().documents(),
                    edit.id().getBytes(UTF_8),
                    Codecs.DOCUMENT_EDIT.encode(edit))));
    return new Accepted(edit.id(), place.topic(), place.partition(), place.offset());
  }

  /** Nothing that the updater would refuse reaches the topic. */
  private static DocumentEdit decoded(byte[] bytes) {
    try {
      return Codecs.DOCUMENT_EDIT.decode(bytes);
    } catch (BadRecordException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("revision: must be a whole number");
    }
  }
}
