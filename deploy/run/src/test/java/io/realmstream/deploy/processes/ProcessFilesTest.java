package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {
  @Test
  void settingTakesThePlaceOfTheOneThatShipsAndTheRestStays() {
    String yaml = "# first\na.b: 1\n\nc: two\n";
    assertThat(ProcessFiles.withSettings(yaml, Map.of("c", "it's", "d", "4")))
        .isEqualTo("# first\na.b: 1\n\nc: 'it''s'\nd: '4'\n");
  }

  @Test
  void flinkAndKafkaReadWhatIsWritten(@TempDir Path folder) throws Exception {
    String odd = "/tmp/größe # of 'it'";
    ProcessFiles.write(
        folder,
        Map.of("rest.port", "4711", "io.tmp.dirs", odd),
        Map.of("log.dirs", odd),
        Map.of("clientPort", "4712"));

    Configuration flink = GlobalConfiguration.loadConfiguration(folder.toString());
    assertThat(flink.get(RestOptions.PORT)).isEqualTo(4711);
    assertThat(flink.get(CoreOptions.TMP_DIRS)).isEqualTo(odd);
    assertThat(flink.get(JobManagerOptions.ADDRESS)).isEqualTo("localhost");
    Properties broker = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve("server.properties"))) {
      broker.load(in);
    }
    assertThat(broker)
        .containsEntry("log.dirs", odd)
        .containsEntry("process.roles", "broker,controller");
    assertThat(ProcessFiles.zooKeeperPort(folder)).isEqualTo(4712);
    assertThat(folder.resolve("start.sh")).exists();
    assertThat(folder.resolve("log4j2.xml")).exists();
  }

  @Test
  void scriptAndFilesAreThoseOfTheFolderThatShips(@TempDir Path folder) throws Exception {
    Path shipped = Path.of("..", "process");
    ProcessFiles.write(folder, Map.of(), Map.of(), Map.of());
    for (String name : new String[] {"start.sh", "conf/config.yaml", "conf/log4j2.xml"}) {
      Path written = folder.resolve(Path.of(name).getFileName());
      assertThat(written).hasSameTextualContentAs(shipped.resolve(name));
    }
  }
}
