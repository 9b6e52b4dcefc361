package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.host.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessStartTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void processThatEndsSaysWhy() throws Exception {
    Path conf = directory.resolve("conf");
    ProcessFiles.write(conf, Map.of(), Map.of(), Map.of());
    ProcessStart start = new ProcessStart(directory, conf, Path.of("/nowhere"));
    ClusterProcess process = start.start("broker", Role.BROKER);
    assertThatThrownBy(() -> ProcessStart.await(process, () -> false))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "broker ended: start.sh: REALM_LIB_DIR is '/nowhere', which is no folder; see "
                + directory.resolve("processes/broker"));
  }

  @Test
  void whatIsReadyIsWaitedForNoLonger() throws Exception {
    ProcessStart.await(new ClusterProcess("broker", Role.BROKER, 1, "/d"), () -> true);
  }

  @Test
  void lastErrorOfTheLogSaysMoreThanWhatTheJvmSaid() throws Exception {
    ClusterProcess process =
        new ClusterProcess("jobmanager", Role.JOBMANAGER, 0, directory.toString());
    assertThat(ProcessStart.lastWords(process)).isEqualTo("it said nothing");
    Files.createDirectories(process.folder());
    Files.writeString(process.folder().resolve("jvm.log"), "WARNING: incubator\n\n");
    assertThat(ProcessStart.lastWords(process)).isEqualTo("WARNING: incubator");
    Files.writeString(
        process.log(),
        """
        2026-01-02 03:04:05,678 ERROR o.a.Entry - no port
        \tat somewhere
        2026-01-02 03:04:05,679 INFO  o.a.Entry - bye
        """);
    assertThat(ProcessStart.lastWords(process))
        .isEqualTo("2026-01-02 03:04:05,678 ERROR o.a.Entry - no port");
  }
}
