package io.realmstream.deploy.cli.edits;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.documents.DocumentStory;
import io.realmstream.deploy.client.documents.PublishedPassages;
import io.realmstream.deploy.client.documents.StoryReport;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoryPageTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static final VersionEntry VERSION =
      new VersionEntry(
          1, 1, VersionState.ACTIVE, true, DefaultCheckpoints.minilm(), null, TIME, TIME);

  private final DocumentStory story = new DocumentStory();
  private PublishedPassages passages = new PublishedPassages(List.of());

  @Test
  void answerableDocumentTellsAllItsTimes() {
    story.edit(edit(null), record(5000));
    story.status(added(5000));
    assertThat(StoryPage.of(report(), story).lines())
        .containsExactly(
            "varn  Lighthouse of Varn",
            "  newest edit  5000 (UPSERT)",
            "  text         4 characters",
            "  revision     5000 (ADDED)",
            "  passages     2 (2 added, 0 removed, 0 unchanged; 1 cut at the encoder's limit)",
            "  vectors      1 embedded, 0 re-projected, 1 reused",
            "  version      1",
            "  read         2026-01-01T00:00:00Z",
            "  published    2026-01-01T00:00:01Z",
            "  answerable   2026-01-01T00:00:02Z");
  }

  @Test
  void jsonHoldsTheStatusAsTheTopicHasIt() {
    story.edit(edit(null), record(5000));
    story.status(added(5000));
    assertThat(Json.line(report()))
        .isEqualTo(
            """
            {"id":"varn","title":"Lighthouse of Varn","newestRevision":5000,"kind":"UPSERT",\
            "characters":4,"pending":false,"revisionInForce":5000,"status":{"added":2,\
            "answerableAt":"2026-01-01T00:00:02Z","embedded":1,"id":"varn","outcome":"ADDED",\
            "passages":2,"publishedAt":"2026-01-01T00:00:01Z","readAt":"2026-01-01T00:00:00Z",\
            "removed":0,"reprojected":0,"reused":1,"revision":5000,"truncated":1,"unchanged":0,\
            "version":1},"versions":[]}\
            """);
  }

  @Test
  void failureIsShownWithWhatStaysInForce() {
    story.edit(edit(1L), record(5000));
    story.status(added(1));
    story.edit(edit(2L), record(6000));
    story.status(
        new DocumentStatus(
            "varn",
            2,
            Outcome.FAILED,
            "no vector",
            new PassageChanges(2, 0, 0, 0),
            VectorCounts.NONE,
            1,
            new EditProgress(TIME, null, null)));
    assertThat(StoryPage.of(report(), story))
        .contains("revision     2 (FAILED)")
        .contains("reason       no vector")
        .contains("answerable   -")
        .endsWith("in force     1 (ADDED)");
    assertThat(story.pending()).isFalse();
  }

  @Test
  void editWithoutAStatusIsPending() {
    story.edit(edit(2L), record(5000));
    assertThat(StoryPage.of(report(), story)).contains("the newest edit is not answerable yet");
    assertThat(Json.line(report()))
        .isEqualTo(
            "{\"id\":\"varn\",\"title\":\"Lighthouse of Varn\",\"newestRevision\":2,"
                + "\"kind\":\"UPSERT\",\"characters\":4,\"pending\":true,\"versions\":[]}");
  }

  @Test
  void staleEditLeavesTheNewestOneAnswerable() {
    story.edit(edit(2L), record(5000));
    story.status(added(2));
    story.edit(edit(1L), record(6000));
    story.status(stale(1));
    assertThat(story.pending()).isFalse();
    assertThat(StoryPage.of(report(), story))
        .contains("newest edit  2", "revision     1 (STALE)", "in force     2 (ADDED)")
        .doesNotContain("not answerable yet");
    story.edit(edit(3L), record(7000));
    assertThat(story.pending()).isTrue();
  }

  @Test
  void staleEditWhoseStatusIsAloneSaysNothingOfTheAcceptedOne() {
    story.accepted(new AcceptedEdit(edit(2L), DocumentState.of(edit(2L)).tie(), null));
    story.status(stale(1));
    assertThat(story.pending()).isFalse();
    story.edit(edit(3L), record(7000));
    assertThat(story.pending()).isTrue();
  }

  @Test
  void lateEditOfALowerRevisionIsNotTheNewest() {
    story.edit(edit(2L), record(5000));
    story.edit(edit(1L), record(6000));
    assertThat(story.revision()).isEqualTo(2);
  }

  @Test
  void acceptedEditOutranksWhatClientsSentLateAndNotWhatIsNotReadYet() {
    story.accepted(new AcceptedEdit(edit(2L), DocumentState.of(edit(2L)).tie(), null));
    story.edit(edit(1L), record(6000));
    assertThat(story.revision()).isEqualTo(2);
    story.edit(edit(3L), record(7000));
    assertThat(story.revision()).isEqualTo(3);
    story.accepted(
        new AcceptedEdit(DocumentEdit.deletion("varn", 4L), DocumentState.deleted(4).tie(), null));
    assertThat(StoryPage.of(report(), story)).contains("newest edit  4 (DELETE)");
  }

  @Test
  void ofEqualRevisionsTheTextInForceIsShownWhicheverCameLast() {
    DocumentEdit other =
        new DocumentEdit(
            "varn", 2L, EditKind.UPSERT, "Varn", "another text", true, null, Provenance.NONE);
    boolean otherWins = DocumentState.of(other).compareTo(DocumentState.of(edit(2L))) > 0;
    DocumentStory backward = new DocumentStory();
    for (DocumentEdit next : List.of(other, edit(2L), other)) {
      story.edit(next, record(6000));
    }
    for (DocumentEdit next : List.of(edit(2L), other, edit(2L))) {
      backward.edit(next, record(6000));
    }
    assertThat(story.edit()).isEqualTo(otherWins ? other : edit(2L));
    assertThat(backward.edit()).isEqualTo(story.edit());
  }

  @Test
  void passagesAreCutFromTheEditThatIsInForce() {
    story.edit(edit(2L), record(6000));
    passages = new PublishedPassages(List.of(VERSION));
    passages.add(vectors(1, List.of(), List.of(insert(5, "older"))));
    passages.add(
        vectors(
            2,
            List.of(new ManifestEntry(uid(5), 0, 2), new ManifestEntry(uid(6), 2, 4)),
            List.of()));
    assertThat(StoryPage.of(report(), story).lines())
        .endsWith(
            "  in version   1 (ACTIVE)  revision 2",
            "    00000000000000000000000000000005  0-2  te",
            "    00000000000000000000000000000006  2-4  xt");
    assertThat(Json.line(report()))
        .endsWith(
            "\"versions\":[{\"version\":1,\"state\":\"ACTIVE\",\"revision\":2,\"passages\":["
                + "{\"uid\":\"00000000000000000000000000000005\",\"start\":0,\"end\":2,\"text\":\"te\"},"
                + "{\"uid\":\"00000000000000000000000000000006\",\"start\":2,\"end\":4,\"text\":\"xt\"}]}]}");
  }

  @Test
  void passagesOfAnEarlierRevisionShowWhatWasPublished() {
    story.edit(edit(3L), record(6000));
    passages = new PublishedPassages(List.of(VERSION));
    passages.add(
        vectors(
            2,
            List.of(new ManifestEntry(uid(5), 0, 70), new ManifestEntry(uid(6), 70, 90)),
            List.of(insert(5, "a text\n" + "x".repeat(63)))));
    assertThat(StoryPage.of(report(), story).lines())
        .endsWith(
            "    00000000000000000000000000000005  0-70  a text " + "x".repeat(53) + " ...",
            "    00000000000000000000000000000006  70-90  (text not published lately)");
    assertThat(Json.line(report())).endsWith("0006\",\"start\":70,\"end\":90,\"text\":null}]}]}");
  }

  @Test
  void versionWithoutTheDocumentSaysSo() {
    story.edit(edit(3L), record(6000));
    passages = new PublishedPassages(List.of(VERSION));
    assertThat(StoryPage.of(report(), story))
        .endsWith("in version   1 (ACTIVE)  not published lately");
    assertThat(Json.line(report()))
        .endsWith(",\"versions\":[{\"version\":1,\"state\":\"ACTIVE\"}]}");
    assertThat(passages.allAt(3)).isFalse();
  }

  private StoryReport report() {
    return StoryReport.of("varn", story, passages);
  }

  private static PassageVectors vectors(
      long revision, List<ManifestEntry> manifest, List<PassageInsert> inserts) {
    return new PassageVectors(
        "varn",
        0,
        1,
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            Outcome.UPDATED,
            "Lighthouse of Varn",
            new EditTimes(null, TIME, TIME),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        manifest,
        inserts);
  }

  private static PassageInsert insert(long uid, String text) {
    return new PassageInsert(uid(uid), uid(uid), text, new float[] {1});
  }

  private static Hash128 uid(long low) {
    return new Hash128(0, low);
  }

  private static AcceptedEdit.Origin record(long timeMs) {
    return new AcceptedEdit.Origin(timeMs, 0, timeMs);
  }

  private static DocumentEdit edit(@Nullable Long revision) {
    return new DocumentEdit(
        "varn",
        revision,
        EditKind.UPSERT,
        "Lighthouse of Varn",
        "text",
        true,
        null,
        Provenance.NONE);
  }

  private static DocumentStatus stale(long revision) {
    return new DocumentStatus(
        "varn",
        revision,
        Outcome.STALE,
        "",
        new PassageChanges(0, 0, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(TIME, null, null));
  }

  private static DocumentStatus added(long revision) {
    return new DocumentStatus(
        "varn",
        revision,
        Outcome.ADDED,
        null,
        new PassageChanges(2, 2, 0, 0),
        new VectorCounts(1, 1, 0, 1),
        1,
        new EditProgress(TIME, TIME.plusSeconds(1), TIME.plusSeconds(2)));
  }
}
