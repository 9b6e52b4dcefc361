package io.realmstream.model.updating.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  private static final WantedEdit EDIT = TestEdits.upsert("a", 2, "Two.");

  private final SelfCheck check = new SelfCheck(HeapShard.empty(3), 2);

  @Test
  void sampleIsOfTheSmallestUids() {
    check.look("a", EDIT, published(EDIT, 7, 1));
    check.look("b", EDIT, published(EDIT, 9, 3));

    assertThat(check.begin())
        .isEqualTo(Map.of("a", Set.of(new Hash128(0, 1)), "b", Set.of(new Hash128(0, 3))));
    assertThat(check.isOver()).isFalse();
    check.ended(null);
    check.ended(null);
    assertThat(check.isOver()).isTrue();
    assertThat(check.outcome()).isNull();
  }

  @Test
  void documentThatIsNotPublishedIsMissing() {
    check.look("a", EDIT, null);
    check.begin();

    assertThat(check.isOver()).isTrue();
    assertThat(check.outcome())
        .isEqualTo("self-check of shard 3 found 1 differences: document a is missing");
  }

  @Test
  void documentWithAnEarlierRevisionIsMissing() {
    check.look("a", EDIT, published(TestEdits.upsert("a", 1, "One."), 1));
    check.begin();

    assertThat(check.outcome()).endsWith("document a is missing");
  }

  @Test
  void documentWhoseEditFailedIsNotInTheSample() {
    PublishedDocument before = published(TestEdits.upsert("a", 1, "One."), 1);
    check.look("a", EDIT, PublishedDocument.failed(before, EDIT.state()));

    assertThat(check.begin()).isEmpty();
    assertThat(check.outcome()).isNull();
  }

  @Test
  void differenceOfASampleIsTheOutcome() {
    check.look("a", EDIT, published(EDIT, 1));
    check.begin();
    check.ended("another vector");

    assertThat(check.outcome()).endsWith("found 1 differences: another vector");
  }

  private static PublishedDocument published(WantedEdit edit, long... uids) {
    List<ManifestEntry> manifest =
        LongStream.of(uids).mapToObj(uid -> new ManifestEntry(new Hash128(0, uid), 0, 1)).toList();
    return new PublishedDocument(edit.state(), edit.state(), manifest, List.of());
  }
}
