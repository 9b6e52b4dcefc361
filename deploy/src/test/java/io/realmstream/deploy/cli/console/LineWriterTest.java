package io.realmstream.deploy.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineWriterTest {
  private final List<String> lines = new ArrayList<>();
  private final PrintWriter writer = new PrintWriter(new LineWriter(lines::add), true);

  @Test
  void aLineIsHandedOverWhenItIsWhole() {
    writer.print("one");
    writer.flush();
    assertThat(lines).isEmpty();
    writer.print(" and\ntw");
    assertThat(lines).containsExactly("one and");
    writer.println("o\n");
    assertThat(lines).containsExactly("one and", "two", "");
  }
}
