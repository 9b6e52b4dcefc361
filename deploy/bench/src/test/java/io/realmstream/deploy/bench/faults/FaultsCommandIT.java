package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.bench.RealmBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the jars, as the launcher runs it: the processes of the cluster run from the same. It takes
 * minutes on a busy machine, so it is run by command: {@code -Drealm.faults=true}.
 */
@EnabledIfSystemProperty(named = "realm.faults", matches = "true")
@Timeout(600)
class FaultsCommandIT {
  @Test
  void poisonAndALostTaskManagerLoseNothing(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process bench =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dlog4j2.configurationFile=classpath:log4j2.xml",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                "target/lib/*",
                RealmBench.class.getName(),
                "bench",
                "faults",
                "--times=1",
                "--documents=40",
                "--calm=2",
                "--fault=poison",
                "--fault=kill_taskmanager",
                "--json")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(bench.waitFor()).as(Files.readString(err)).isZero();
    } finally {
      // as a person would who does not want to wait; it stops its cluster
      bench.destroy();
    }
    List<String> faults = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      JsonNode outcome = JsonMapper.builder().build().readTree(line);
      faults.add(outcome.path("fault").asText());
      assertThat(outcome.at("/tally/questions").asInt()).isGreaterThan(10);
      assertThat(outcome.at("/tally/edits").asInt()).isGreaterThan(5);
      assertThat(outcome.path("wrong")).isEmpty();
    }
    // in the order in which they are declared
    assertThat(faults).containsExactly("KILL_TASKMANAGER", "POISON");
  }
}
