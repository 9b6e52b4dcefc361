package io.realmstream.deploy.cli.edits;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoryPrinterTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final DocumentStory story = new DocumentStory();

  @Test
  void answerableDocumentTellsAllItsTimes() {
    story.edit(edit(null), 5000);
    story.status(added(5000));
    assertThat(new StoryPrinter("varn", story).text().lines())
        .containsExactly(
            "varn  Lighthouse of Varn",
            "  newest edit  5000 (UPSERT)",
            "  text         4 characters",
            "  revision     5000 (ADDED)",
            "  passages     2 (2 added, 0 removed, 0 unchanged; 1 cut at the encoder's limit)",
            "  version      1",
            "  read         2026-01-01T00:00:00Z",
            "  published    2026-01-01T00:00:01Z",
            "  answerable   2026-01-01T00:00:02Z");
  }

  @Test
  void failureIsShownWithWhatStaysInForce() {
    story.edit(edit(1L), 5000);
    story.status(added(1));
    story.edit(edit(2L), 6000);
    story.status(
        new DocumentStatus(
            "varn", 2, Outcome.FAILED, "no vector", 2, 0, 0, 0, 0, 1, TIME, null, null));
    assertThat(new StoryPrinter("varn", story).text())
        .contains("revision     2 (FAILED)")
        .contains("reason       no vector")
        .contains("answerable   -")
        .endsWith("in force     1 (ADDED)");
    assertThat(story.pending()).isFalse();
  }

  @Test
  void editWithoutAStatusIsPending() {
    story.edit(edit(2L), 5000);
    assertThat(new StoryPrinter("varn", story).text())
        .contains("the newest edit is not answerable yet");
    assertThat(new StoryPrinter("varn", story).json())
        .isEqualTo(
            "{\"id\":\"varn\",\"title\":\"Lighthouse of Varn\",\"newestRevision\":2,"
                + "\"kind\":\"UPSERT\",\"characters\":4,\"pending\":true}");
  }

  @Test
  void lateEditOfALowerRevisionIsNotTheNewest() {
    story.edit(edit(2L), 5000);
    story.edit(edit(1L), 6000);
    assertThat(story.revision()).isEqualTo(2);
  }

  private static DocumentEdit edit(@Nullable Long revision) {
    return new DocumentEdit(
        "varn", revision, EditKind.UPSERT, "Lighthouse of Varn", "text", true, null);
  }

  private static DocumentStatus added(long revision) {
    return new DocumentStatus(
        "varn",
        revision,
        Outcome.ADDED,
        null,
        2,
        2,
        0,
        0,
        1,
        1,
        TIME,
        TIME.plusSeconds(1),
        TIME.plusSeconds(2));
  }
}
