package io.realmstream.deploy.door.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.door.http.RunningRoutes;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.Codecs;
import java.net.http.HttpResponse;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits go into a producer that keeps them. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class DocumentRoutesTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  private RunningRoutes server;

  @BeforeEach
  void start() throws Exception {
    server = server(1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anEditIsSentUnderItsIdAndItsPlaceReturned() throws Exception {
    HttpResponse<String> first = server.post("/documents", "{\"id\": \"ö\", \"text\": \"a\"}");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.body())
        .isEqualTo("{\"id\":\"ö\",\"topic\":\"realm.documents.v1\",\"partition\":0,\"offset\":0}");
    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.key()).isEqualTo("ö".getBytes(UTF_8));
    assertThat(Codecs.DOCUMENT_EDIT.decode(record.value()).text()).isEqualTo("a");
  }

  @Test
  void aDeletionIsAnEditOfItsOwnKind() throws Exception {
    assertThat(server.delete("/documents/a/b%20c?revision=7").statusCode()).isEqualTo(202);
    DocumentEdit edit = Codecs.DOCUMENT_EDIT.decode(producer.history().get(0).value());
    assertThat(edit.id()).isEqualTo("a/b c");
    assertThat(edit.kind()).isEqualTo(EditKind.DELETE);
    assertThat(edit.revision()).isEqualTo(7);
    assertThat(server.delete("/documents/a").statusCode()).isEqualTo(202);
    assertThat(Codecs.DOCUMENT_EDIT.decode(producer.history().get(1).value()).revision()).isNull();
    assertThat(server.delete("/documents/a?purge=true").statusCode()).isEqualTo(202);
    assertThat(server.delete("/documents/a?purge=false").statusCode()).isEqualTo(202);
    assertThat(Codecs.DOCUMENT_EDIT.decode(producer.history().get(2).value()).kind())
        .isEqualTo(EditKind.PURGE);
    assertThat(Codecs.DOCUMENT_EDIT.decode(producer.history().get(3).value()).kind())
        .isEqualTo(EditKind.DELETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"text\": \"a\"}", "{\"id\": \"a\", \"kind\": \"NONE\"}"})
  void whatTheUpdaterWouldRefuseIsNotSent(String body) throws Exception {
    assertThat(server.post("/documents", body).statusCode()).isEqualTo(400);
    assertThat(producer.history()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revision=x",
        "revision=-1",
        "revision=99999999999999999999",
        "wait=no",
        "purge=1"
      })
  void aDeletionThatIsNoneIsNotSent(String parameter) throws Exception {
    assertThat(server.delete("/documents/a?" + parameter).statusCode()).isEqualTo(400);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void oneMoreThanThereArePlacesForIsRefused() throws Exception {
    try (RunningRoutes full = server(0)) {
      String edit = "{\"id\": \"a\", \"text\": \"a\"}";
      assertThat(full.post("/documents", edit).statusCode()).isEqualTo(429);
      assertThat(full.post("/documents?wait=answerable", edit).statusCode()).isEqualTo(429);
      assertThat(full.get("/documents/a").statusCode()).isEqualTo(429);
    }
    assertThat(producer.history()).isEmpty();
  }

  private RunningRoutes server(int places) throws Exception {
    DocumentRoutes documents =
        new DocumentRoutes(
            Connection.to("localhost:1"),
            producer,
            new InFlight(places, "edits"),
            new RequestBodies(new InFlight(9, "bodies")));
    return RunningRoutes.start(
        routes -> {
          routes.post("/documents", documents::post);
          routes.get("/documents/<id>", documents::get);
          routes.delete("/documents/<id>", documents::delete);
        });
  }
}
