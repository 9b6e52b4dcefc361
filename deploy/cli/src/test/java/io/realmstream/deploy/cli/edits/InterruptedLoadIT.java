package io.realmstream.deploy.cli.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InterruptedLoadIT {
  @Test
  void interruptedLoadKeepsWhatWasSentAndSaysWhereToResume(@TempDir Path directory)
      throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      Path err = directory.resolve("err");
      Process load = load(broker.servers(), err);
      try (OutputStream rows = load.getOutputStream()) {
        rows.write(row("a"));
        rows.write(row("b"));
        rows.flush();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> TestBroker.read(connection, "realm.documents.v1").size() == 2);
        load.toHandle().destroy();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> Files.readString(err).contains("realm: stopping"));
        rows.write(row("c"));
      }
      assertThat(load.waitFor()).isNotZero();
      assertThat(Files.readString(err))
          .contains("3 documents are sent and kept; go on with --resume-at -:4");
      assertThat(TestBroker.read(connection, "realm.documents.v1")).hasSize(3);
    }
  }

  private static Process load(String servers, Path err) throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Realm.class.getName(),
            "load",
            "-",
            "--bootstrap-servers",
            servers)
        .redirectError(err.toFile())
        .start();
  }

  private static byte[] row(String id) {
    return ("{\"id\":\"" + id + "\",\"text\":\"t\"}\n").getBytes(StandardCharsets.UTF_8);
  }
}
