package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.body;
import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.document.Outcome.ADDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.host.Ports;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code realm serve} where others reach it, and its page: both ask for a token. */
class PageTokenIT extends WrittenPage {
  private static final String TOKEN = "sesame-0123456789";

  @Test
  void whoHasNoTokenIsLetInNowhereAndThePageAsksForIt(@TempDir Path directory) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), TOKEN + "\nnot this line\n");
    Path log = directory.resolve("log");
    int port = Ports.free(1).get(0);
    HttpDoor door = new HttpDoor("http://localhost:" + port);
    try (JavaProcess serve =
        JavaProcess.startLogging(
            log,
            Realm.class,
            "serve",
            "--host=0.0.0.0",
            "--port=" + port,
            "--token-file=" + token,
            "--bootstrap-servers=" + topics.bootstrapServers(),
            "--topic-prefix=" + topics.prefix())) {
      await("its address")
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.readString(log).contains("http://0.0.0.0:" + port));
      assertThat(Files.readString(log))
          .contains("whoever has the token reads and writes here")
          .contains("only requests to localhost are let in", "with --name")
          .doesNotContain(TOKEN);
      assertAsksForTheToken(door);
      assertThat(answerTo(port, "kb.example"))
          .startsWith("HTTP/1.1 403 ")
          .contains("Host is not a name of this door: see --name");
      browser.go(door.address() + "/");
      enterWith();
      assertThat(ProcessHandle.of(serve.pid())).isPresent();
    }
  }

  private static void assertAsksForTheToken(HttpDoor door) throws Exception {
    for (String path : new String[] {"/v1/status", "/v1/metrics", "/v1/events", "/v1/sample"}) {
      HttpResponse<byte[]> response = get(door, path, null);
      assertThat(error(401, response)).as(path).contains("a token is needed");
      assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(error(401, get(door, path, TOKEN + "0"))).contains("a token is needed");
    }
    assertThat(error(401, door.post("/v1/documents", "{\"id\": \"a\", \"text\": \"b\"}")))
        .contains("a token is needed");
    assertThat(body(200, get(door, "/page/main.js", null))).isNotEmpty();
    json(200, get(door, "/v1/control", TOKEN));
  }

  /** A wrong token first; then the page asks, hears and tells. */
  private void enterWith() throws Exception {
    browser.awaitText("#token", "This door asks for a token");
    assertThat(browser.violations()).isEmpty();
    browser.type("#token-value", "not the token at all");
    browser.click("#token-form button");
    browser.awaitText("#token-wrong", "That is not its token.");
    browser.type("#token-value", TOKEN);
    browser.click("#token-form button");
    browser.awaitText("#active", "(v1)");
    browser.awaitTrue("import('/page/events.js').then(({ stream }) => stream.opened !== null)");
    topics.answerable(new Revision("goats", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "goats");
    ask("What do goats eat?", WrittenAnswers.saying("goats", "Goats eat grass."));
    browser.press("#answer .exports", "as curl");
    assertThat(browser.text("#dialog"))
        .contains("-H \"Authorization: Bearer $TOKEN\"", "TOKEN holds the token")
        .doesNotContain(TOKEN);
    browser.click("#dialog-close");
    browser.press("#answer .exports", "as Kafka record");
    assertThat(browser.text("#dialog"))
        .contains("--bootstrap-server \"$BROKER\"", topics.prefix() + ".queries.v1")
        .doesNotContain("localhost:9092");
    browser.click("#dialog-close");
  }

  @Test
  void whatOthersReachIsNotOpenedWithoutAToken() {
    CommandRun run =
        CommandRun.of(
            "serve", "--host=0.0.0.0", "--bootstrap-servers=" + topics.bootstrapServers());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("0.0.0.0 can be reached from elsewhere, so a token is needed");
    assertThat(run.out()).isEmpty();
  }

  private static HttpResponse<byte[]> get(HttpDoor door, String path, @Nullable String token)
      throws Exception {
    var request = door.request(path);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return door.send(request.GET());
  }

  private static String answerTo(int port, String host) throws Exception {
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/control HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
