package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.embedded.host.Ports;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who can reach a `realm up` from another machine: nobody, unless it was asked for. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class DoorsIT {
  @Test
  void everythingListensOnLoopback(@TempDir Path directory) throws Exception {
    List<Integer> ports = Ports.free(2);
    int metrics = ports.get(0);
    int console = ports.get(1);
    try (RealmProcess realm =
        RealmProcess.up(
            directory, 1, "--metrics-port=" + metrics, "--console", "--console-port=" + console)) {
      List<InetSocketAddress> open = ListeningSockets.of(realm.pid());

      // broker, its controller, the dashboard, the BLOB server, metrics, the door
      assertThat(open).hasSizeGreaterThanOrEqualTo(6);
      assertThat(open).extracting(InetSocketAddress::getPort).contains(metrics, console);
      assertThat(control(console)).startsWith("{\"allowed\":true,");
      assertThat(open).allMatch(socket -> socket.getAddress().isLoopbackAddress());
      await("our metrics")
          .ignoreExceptions()
          .until(() -> ScrapedMetrics.of(metrics).contains("stamp version"));
    }
  }

  @Test
  void metricsListenWhereTheyAreAskedTo(@TempDir Path directory) throws Exception {
    int metrics = Ports.free(1).get(0);
    try (RealmProcess realm =
        RealmProcess.up(directory, 1, "--metrics-port=" + metrics, "--metrics-host=0.0.0.0")) {
      assertThat(ListeningSockets.of(realm.pid()))
          .filteredOn(socket -> !socket.getAddress().isLoopbackAddress())
          .extracting(InetSocketAddress::getPort)
          .containsExactly(metrics);
    }
  }

  private static String control(int port) throws Exception {
    URI control = URI.create("http://localhost:" + port + "/v1/control");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(control).build(), BodyHandlers.ofString())
        .body();
  }
}
