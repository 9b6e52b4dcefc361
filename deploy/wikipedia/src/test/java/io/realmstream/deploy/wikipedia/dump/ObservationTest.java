package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationTest {
  private final Map<Field, String> fields =
      new EnumMap<>(
          Map.of(
              Field.PAGE_ID, "7",
              Field.TITLE, "A",
              Field.NAMESPACE, "0",
              Field.REVISION_ID, "70",
              Field.TIME, "2026-03-01T10:00:00Z",
              Field.TEXT, "t"));

  @Test
  void absentModelIsWikitext() {
    assertThat(page().problem()).isNull();
    assertThat(Exports.observed(page()).page().contentModel()).isEqualTo("wikitext");
    assertThat(Exports.observed(page()).revision().format()).isEqualTo(TextFormat.PLAIN);
  }

  @Test
  void hiddenPageNeedsNoTitleAndHasNoText() {
    fields.put(Field.HIDDEN, "deleted");
    fields.remove(Field.TITLE);
    assertThat(page().name()).isEqualTo("page 7");
    assertThat(Exports.observed(page()).state()).isEqualTo(ObservedState.HIDDEN);
    assertThat(Exports.observed(page()).revision().text()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PAGE_ID, 0, PAGE_ID is out of range: 0",
    "PAGE_ID, 9223372036854775808, PAGE_ID is out of range: 9223372036854775808",
    "NAMESPACE, 2147483648, NAMESPACE is out of range: 2147483648",
    "REVISION_ID, x, REVISION_ID is out of range: x",
    "TIME, 2026, TIME is no time: 2026",
    "TITLE, '', TITLE is no title",
  })
  void fieldThatIsWrongIsNamed(Field field, String value, String problem) {
    fields.put(field, value);
    assertThat(page().problem()).isEqualTo(problem);
    assertThat(page().observed()).isNull();
  }

  @Test
  void fieldThatIsMissingIsNamed() {
    fields.remove(Field.PAGE_ID);
    assertThat(page().name()).isEqualTo("page without a number (A)");
    assertThat(page().problem()).isEqualTo("it has no PAGE_ID");
  }

  @Test
  void halfASurrogatePairIsNoText() {
    fields.put(Field.TEXT, "a\ud800b");
    assertThat(page().problem()).contains("half a surrogate pair");
  }

  @Test
  void titlesMayHave1024Bytes() {
    fields.put(Field.TITLE, "é".repeat(512));
    assertThat(page().problem()).isNull();
    fields.put(Field.TITLE, "é".repeat(512) + "x");
    assertThat(page().problem()).isEqualTo("TITLE is no title");
  }

  private DumpPage page() {
    return new Observation(Exports.SOURCE, fields, TextFormat.PLAIN).page();
  }
}
