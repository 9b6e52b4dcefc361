package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExportedPageTest {
  private final ExportedPage page = new ExportedPage();

  @Test
  void fieldIsHeldToOneCharacterBeyondItsLimit() {
    page.begin(Field.TITLE);
    for (int i = 0; i < 10; i++) {
      add(Field.TITLE, "x".repeat(1000));
    }
    assertThat(page.value()).hasSize(4097);
    page.begin(Field.TEXT);
    add(Field.TEXT, "x".repeat(5 << 20));
    add(Field.TEXT, "x");
    assertThat(page.value()).hasSize((4 << 20) + 1);
  }

  @Test
  void newRevisionForgetsTheLastOne() {
    put(Field.PAGE_ID, "5");
    page.begin(Field.REVISION);
    put(Field.REVISION_ID, "8");
    page.textTag("deleted", null);
    page.end(Field.REVISION);
    page.begin(Field.REVISION);
    assertThat(page.finished(Exports.SOURCE).problem()).isEqualTo("it has no revision");
    put(Field.REVISION_ID, "9");
    assertThat(page.finished(Exports.SOURCE).problem()).isEqualTo("it has no TITLE");
  }

  private void put(Field field, String value) {
    page.begin(field);
    add(field, value);
    page.end(field);
  }

  private void add(Field field, String text) {
    page.add(field, text.toCharArray(), 0, text.length());
  }
}
