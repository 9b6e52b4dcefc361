package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.delete;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.table;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static io.realmstream.model.updating.reuse.KnownOutputs.Effort.EMBEDDED;
import static io.realmstream.model.updating.reuse.KnownOutputs.Effort.REUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.updating.reuse.ReuseLimits;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What an edit runs the transformer for. */
class DocumentsReuseTest {
  private static final long LATER = 3_600_000;

  @Test
  void nullEditEmbedsNothing() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      long before = documents.passages(EMBEDDED);
      publish(documents, upsert("a", 2, longText("x")));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(before);
      assertThat(documents.passages(REUSED)).isZero();
    }
  }

  @Test
  void anotherLinkOrLicenseEmbedsNothingAndIsPublished() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      long before = documents.passages(EMBEDDED);
      Source page = new Source("enwiki", 7, 8, null);
      Provenance first = new Provenance("https://example.org/1", "CC BY-SA 4.0", page);
      Provenance second = new Provenance("https://example.org/1", "CC0", page);
      publish(documents, upsert("a", 2, longText("x")).withProvenance(first));
      publish(documents, upsert("a", 3, longText("x")).withProvenance(second));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(before);
      assertThat(documents.records().subList(1, 3))
          .extracting(PassageVectors::revision)
          .extracting(DocumentRevision::outcome, DocumentRevision::provenance)
          .containsExactly(tuple(Outcome.UNCHANGED, first), tuple(Outcome.UNCHANGED, second));
    }
  }

  @Test
  void documentThatComesBackAfterItsPurgeIsEmbedded() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      publish(documents, upsert("a", 2, longText("y")));
      long before = documents.passages(EMBEDDED);
      publish(documents, purge("a", 3));
      publish(documents, upsert("a", 4, longText("x")));

      assertThat(documents.records().get(2).revision())
          .extracting(DocumentRevision::outcome, DocumentRevision::title)
          .containsExactly(Outcome.DELETED, "");
      assertThat(documents.passages(EMBEDDED) - before)
          .isEqualTo(documents.records().get(3).inserts().size());
      assertThat(documents.passages(REUSED)).isZero();
    }
  }

  @Test
  void purgeThatComesLateOrAgainForgetsTheSame() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, "A text."));
      publish(documents, upsert("a", 3, ""));
      documents.edit(purge("a", 2));
      publish(documents, upsert("a", 4, "A text."));
      assertThat(documents.passages(EMBEDDED)).isEqualTo(2);

      publish(documents, delete("a", 5));
      publish(documents, purge("a", 5));
      publish(documents, upsert("a", 6, "A text."));
      assertThat(documents.passages(EMBEDDED)).isEqualTo(3);
      assertThat(documents.passages(REUSED)).isZero();
    }
  }

  private static DocumentEdit purge(String id, long revision) {
    return new DocumentEdit(id, revision, EditKind.PURGE, "t", "t", true, null, Provenance.NONE);
  }

  @Test
  void revertAfterBlankingEmbedsNothingAndBringsTheSameVectors() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      long before = documents.passages(EMBEDDED);
      publish(documents, upsert("a", 2, ""));
      publish(documents, upsert("a", 3, longText("x")));

      assertThat(before).isGreaterThan(2);
      assertThat(documents.passages(EMBEDDED)).isEqualTo(before);
      assertThat(documents.passages(REUSED)).isEqualTo(before);
      assertThat(vectors(documents.records().get(2)))
          .isEqualTo(vectors(documents.records().get(0)));
    }
  }

  @Test
  void documentThatComesBackAfterItsDeletionEmbedsNothing() throws Exception {
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      long before = documents.passages(EMBEDDED);
      publish(documents, delete("a", 2));
      publish(documents, upsert("a", 3, longText("x")));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(before);
    }
  }

  /** Paragraphs of full length, each a passage of its own. */
  @Test
  void movedParagraphsCostOnlyWhatIsNew() throws Exception {
    List<String> paragraphs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      paragraphs.add(("Paragraph " + i + " speaks of a river. ").repeat(22).strip());
    }
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, String.join("\n\n", paragraphs)));
      assertThat(documents.passages(EMBEDDED)).isEqualTo(5);
      Collections.swap(paragraphs, 0, 3);
      paragraphs.add("One that is new.");
      publish(documents, upsert("a", 2, String.join("\n\n", paragraphs)));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(6);
      assertThat(documents.records().get(1).inserts()).hasSize(1);
    }
  }

  @Test
  void whatIsLostIsRememberedAcrossARestart() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      publish(documents, upsert("a", 1, longText("x")));
      publish(documents, upsert("a", 2, "Vandals."));
      state = documents.snapshot();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.edit(upsert("a", 3, longText("x")), LATER);
      documents.awaitRecords(1);

      assertThat(documents.passages(EMBEDDED)).isZero();
      assertThat(documents.passages(REUSED)).isGreaterThan(2);
    }
  }

  @Test
  void documentThatLostPassagesLongestAgoIsForgottenFirst() throws Exception {
    try (DocumentsHarness documents = remembering(new ReuseLimits(2, Duration.ofDays(1)))) {
      // all in one shard, or the bound would not be theirs together
      List<String> ids = sameShard(3);
      for (String id : ids) {
        publish(documents, upsert(id, 1, "The text of " + id + "."));
      }
      for (String id : ids) {
        publish(documents, upsert(id, 2, ""));
      }
      for (String id : ids) {
        publish(documents, upsert(id, 3, "The text of " + id + "."));
      }

      assertThat(documents.passages(EMBEDDED)).isEqualTo(4);
      assertThat(documents.passages(REUSED)).isEqualTo(2);
    }
  }

  @Test
  void whatIsLostTooLongAgoIsForgotten() throws Exception {
    Duration ttl = Duration.ofHours(1);
    try (DocumentsHarness documents = remembering(new ReuseLimits(100, ttl))) {
      publish(documents, upsert("a", 1, "A text."));
      publish(documents, upsert("a", 2, ""));
      documents.time(ttl.toMillis() + 1);
      publish(documents, upsert("a", 3, "A text."));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(2);
    }
  }

  @Test
  void withoutRoomNothingIsReused() throws Exception {
    try (DocumentsHarness documents = remembering(new ReuseLimits(0, Duration.ofDays(1)))) {
      publish(documents, upsert("a", 1, "A text."));
      publish(documents, upsert("a", 2, ""));
      publish(documents, upsert("a", 3, "A text."));

      assertThat(documents.passages(EMBEDDED)).isEqualTo(2);
    }
  }

  private static DocumentsHarness remembering(ReuseLimits reuse) throws Exception {
    Place place = new Place(1, 0, 1_000, reuse);
    DocumentsHarness documents = DocumentsHarness.open(place);
    documents.versions(table(), place);
    documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);
    return documents;
  }

  private static void publish(DocumentsHarness documents, DocumentEdit edit) throws Exception {
    int before = documents.records().size();
    documents.edit(edit);
    documents.awaitRecords(before + 1);
  }

  private static List<String> sameShard(int count) {
    Shards shards = new Shards(SHARDS);
    List<String> ids = new ArrayList<>();
    for (int i = 0; ids.size() < count; i++) {
      if (shards.ofDocument("d" + i) == 0) {
        ids.add("d" + i);
      }
    }
    return ids;
  }

  private static Map<String, List<Float>> vectors(PassageVectors record) {
    return record.inserts().stream()
        .collect(Collectors.toMap(PassageInsert::text, DocumentsReuseTest::elements));
  }

  private static List<Float> elements(PassageInsert insert) {
    List<Float> elements = new ArrayList<>();
    for (float element : insert.vector()) {
      elements.add(element);
    }
    return elements;
  }
}
