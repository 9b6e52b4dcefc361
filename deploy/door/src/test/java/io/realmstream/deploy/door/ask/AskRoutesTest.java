package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.door.http.Failures;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.door.http.RunningRoutes;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions go into a producer that keeps them; the tests answer as a retriever would. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class AskRoutesTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Questions questions =
      new Questions("queries", producer, place -> ClientException.unreachable("nobody reads"));
  private final AskRoutes ask =
      new AskRoutes(
          questions,
          new InFlight(2, "questions"),
          new RequestBodies(new InFlight(9, "bodies")),
          () -> {});

  private RunningRoutes server;

  @BeforeEach
  void start() throws Exception {
    questions.hearing();
    server =
        RunningRoutes.start(
            routes -> {
              // as the door reports it
              routes.exception(
                  ClientException.class,
                  (e, request) -> Failures.say(request, 503, String.valueOf(e.getMessage())));
              routes.post("/ask", ask::ask);
              routes.post("/retrieve", ask::retrieve);
            });
  }

  @AfterEach
  void stop() {
    ask.close();
    server.close();
  }

  @Test
  void anAnswerIsHandedOnByteForByte() throws Exception {
    String answer = "{\"x\": 1.0000000000000002, \"ö\":  null}";
    CompletableFuture<HttpResponse<String>> response = server.posted("/ask", question("a", ""));
    reply(0, answer.getBytes(UTF_8));
    assertThat(response.get().statusCode()).isEqualTo(200);
    assertThat(response.get().body()).isEqualTo(answer);
    assertThat(response.get().headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void aRetrievalAsksForPassagesWhateverTheKind() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        server.posted("/retrieve", question("r", ", \"kind\": \"OPEN_QA\", \"k\": 3"));
    Query sent = Codecs.QUERY.decode(sent(0).value());
    assertThat(sent.kind()).isEqualTo(QueryKind.RETRIEVE);
    assertThat(sent.scope().k()).isEqualTo(3);
    reply(0, RetrievedTest.example());
    assertThat(response.get().body()).startsWith("{\"id\":").contains("\"passages\":[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"id\": \"a\"}", "{\"id\": \"a\", \"text\": \"?\"}"})
  void whatIsNoQuestionIsNotSent(String body) throws Exception {
    assertThat(server.post("/ask", body).statusCode()).isEqualTo(400);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aFarDeadlineWouldHoldAPlaceForLong() throws Exception {
    String deadline = ", \"deadline\": \"" + Instant.now().plusSeconds(120) + "\"";
    HttpResponse<String> response = server.post("/ask", question("a", deadline));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("deadline: at most 60 s from now");
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aPlaceIsTakenUntilTheEnd() throws Exception {
    CompletableFuture<HttpResponse<String>> first = server.posted("/ask", question("1", ""));
    sent(0);
    CompletableFuture<HttpResponse<String>> second = server.posted("/ask", question("2", ""));
    sent(1);
    assertThat(server.post("/ask", question("3", "")).statusCode()).isEqualTo(429);
    reply(0, new byte[] {'1'});
    assertThat(first.get().statusCode()).isEqualTo(200);
    questions.deaf("no broker");
    assertThat(server.post("/ask", question("4", "")).body()).contains("no broker");
    questions.hearing();
    CompletableFuture<HttpResponse<String>> fifth = server.posted("/ask", question("5", ""));
    reply(2, new byte[] {'5'});
    assertThat(fifth.get().statusCode()).isEqualTo(200);
    reply(1, new byte[] {'2'});
    assertThat(second.get().statusCode()).isEqualTo(200);
  }

  @Test
  void whoTakesItsAnswerSlowlyHoldsUpNobody() throws Exception {
    String body = question("slow", "");
    String head =
        "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n";
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.getOutputStream().write((head + body).getBytes(UTF_8));
      reply(0, new byte[64 << 20]);
      CompletableFuture<HttpResponse<String>> other = server.posted("/ask", question("a", ""));
      reply(1, new byte[] {'1'});
      assertThat(other.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  private void reply(int number, byte[] answer) throws InterruptedException {
    questions.hear(Replies.to(sent(number), answer));
  }

  /** Waits until that many questions were sent. */
  private ProducerRecord<byte[], byte[]> sent(int number) throws InterruptedException {
    while (producer.history().size() <= number) {
      Thread.onSpinWait();
    }
    return producer.history().get(number);
  }

  private static String question(String id, String more) {
    return "{\"id\": \"%s\", \"text\": \"goats\"%s}".formatted(id, more);
  }
}
