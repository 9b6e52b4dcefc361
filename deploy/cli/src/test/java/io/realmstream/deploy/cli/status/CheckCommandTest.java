package io.realmstream.deploy.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.status.Health;
import io.realmstream.deploy.client.status.Health.Level;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CheckCommandTest {
  @Test
  void whatIsWellAndWhatIsNotIsOneLine() {
    Health well = new Health(Level.OK, List.of(), 3, Instant.EPOCH, 1_200L);
    assertThat(CheckCommand.line(well))
        .isEqualTo("OK: version 3 answers; answers have every edit older than 1,200 ms");
    Health ill = new Health(Level.WARNING, List.of("a", "b"), 3, Instant.EPOCH, 1_200L);
    assertThat(CheckCommand.line(ill)).isEqualTo("WARNING: a; b");
  }

  @Test
  void brokerThatIsNotThereIsCritical() {
    StringWriter out = new StringWriter();
    CommandLine check = new CommandLine(new CheckCommand()).setOut(new PrintWriter(out, true));

    int code = check.execute("--bootstrap-servers=localhost:1");

    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).startsWith("CRITICAL: ").hasLineCount(1);
  }
}
