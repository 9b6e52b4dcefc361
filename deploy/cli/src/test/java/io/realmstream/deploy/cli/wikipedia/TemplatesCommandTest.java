package io.realmstream.deploy.cli.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.wikipedia.dump.Exports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesCommandTest {
  @Test
  void mostFrequentUnknownTemplatesOfAllFilesComeFirst(@TempDir Path directory) throws Exception {
    Path first =
        Exports.write(
            directory.resolve("a.xml"),
            Exports.head("0.11"),
            Exports.page(1, "A", "It has {{zorble|3}} and {{quux|4}} and {{nowrap|5 km}}."),
            Exports.tail());
    Path second =
        Exports.write(
            directory.resolve("b.xml.bz2"),
            Exports.head("0.11"),
            "<page><title>Empty</title><ns>0</ns><id>7</id></page>",
            Exports.page(2, "B", "It has {{quux|4}}."),
            Exports.tail());
    CommandRun run =
        CommandRun.of(
            "wikipedia", "templates", "--wiki", "enwiki", first.toString(), second.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.out().lines().map(String::strip)).containsExactly("2  quux", "1  zorble");
    assertThat(run.err()).contains("2 pages of wikitext read");
  }
}
