package io.realmstream.model.wikitext.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.wikitext.facts.FactFile.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactFileTest {
  @Test
  void aLineIsNamesAndAValue() {
    assertThat(FactFile.parse("# comment\n\n#\na, b c = x = y\n#if: =\n\\, =,\n= = =\n"))
        .containsExactly(
            new Fact(List.of("a", "b c"), "x = y"),
            new Fact(List.of("#if:"), ""),
            new Fact(List.of(","), ","),
            new Fact(List.of("="), "="));
  }

  @Test
  void aLineWithoutValueIsAnError() {
    assertThatThrownBy(() -> FactFile.parse("a")).hasMessageContaining("a");
    assertThatThrownBy(() -> FactFile.parse(" = x")).hasMessageContaining("= x");
  }

  @Test
  void aFileThatIsMissingIsAnError() {
    assertThatThrownBy(() -> FactFile.read("none.txt")).hasMessageContaining("none.txt");
  }
}
