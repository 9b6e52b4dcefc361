package io.realmstream.jobs.updater.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.transport.ShardProgress;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** Shards that are published once more: numbers, ends, contents, and what that takes. */
class DocumentsRepublishTest {
  private static final Shards NUMBERS = new Shards(DocumentsHarness.SHARDS);

  @Test
  void everyRecordOfAShardIsNumberedOverARestart() throws Exception {
    Map<Integer, ShardProgress> progress = new HashMap<>();
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, "Otters live beside rivers."));
      documents.edit(DocumentsHarness.upsert("b", 1, "Bread is made of flour."));
      documents.awaitRecords(2);
      state = documents.snapshot();
      documents.edit(DocumentsHarness.upsert("a", 2, "Otters live beside lakes."));
      documents.awaitRecords(3);
      assertThat(gaps(documents, progress)).isEmpty();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.edit(DocumentsHarness.upsert("a", 2, "Otters live beside lakes."));
      documents.edit(DocumentsHarness.delete("b", 2));
      documents.awaitRecords(2);
      assertThat(gaps(documents, progress)).isEmpty();
    }
  }

  @Test
  void shardIsPublishedOnceMoreWholeAndWithoutTheTransformer() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("long", 3, DocumentsHarness.longText("an otter")));
      documents.edit(DocumentsHarness.upsert("short", 1, "Bread is made of flour."));
      documents.edit(DocumentsHarness.upsert("gone", 1, "Salt is mined in Varn."));
      documents.awaitRecords(3);
      Map<String, PassageVectors> before =
          documents.records().stream()
              .collect(Collectors.toMap(PassageVectors::document, record -> record));
      documents.edit(DocumentsHarness.delete("gone", 2));
      documents.awaitRecords(4);
      long embedded = documents.passages(KnownOutputs.Effort.EMBEDDED);

      republish(documents);
      awaitEnds(documents, DocumentsHarness.SHARDS);

      assertThat(documents.passages(KnownOutputs.Effort.EMBEDDED)).isEqualTo(embedded);
      Map<String, PassageVectors> again = again(documents);
      assertThat(again).containsOnlyKeys("long", "short", "gone");
      assertThat(of(again, "gone").revision().outcome()).isEqualTo(Outcome.DELETED);
      for (String document : List.of("long", "short")) {
        PassageVectors published = of(before, document);
        assertThat(of(again, document).revision().number())
            .isEqualTo(published.revision().number());
        assertThat(of(again, document).manifest()).isEqualTo(published.manifest());
        assertThat(of(again, document).inserts())
            .usingRecursiveFieldByFieldElementComparator()
            .containsExactlyElementsOf(published.inserts());
      }
      assertThat(gaps(documents, new HashMap<>())).isEmpty();
    }
  }

  @Test
  void endNamesTheVersionsThatAreWrittenAndComplete() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      republish(documents);
      awaitEnds(documents, DocumentsHarness.SHARDS);
      assertThat(documents.of(ShardRound.class).get(0).ends()).isFalse();
      assertThat(ends(documents))
          .allSatisfy(
              end -> {
                assertThat(end.round()).isEqualTo(1);
                assertThat(end.versions()).containsExactly(1);
                assertThat(end.complete()).containsExactly(1);
              });
    }
  }

  @Test
  void requestDuringARoundStartsNoSecondOneAndOneBehindItDoes() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, DocumentsHarness.longText("an otter")));
      documents.awaitRecords(1);
      int shard = NUMBERS.ofDocument("a");
      republish(documents);
      republish(documents); // that of the document's shard is under way
      documents.await(() -> !rounds(documents, shard).isEmpty());
      assertThat(rounds(documents, shard)).containsExactly(1L);

      republish(documents);
      documents.await(() -> rounds(documents, shard).size() == 2);
      assertThat(rounds(documents, shard)).containsExactly(1L, 2L);
    }
  }

  /** Otherwise a reader would have the new passages and lack the unchanged ones. */
  @Test
  void editOfADocumentThatIsStillToBePublishedOnceMoreIsPublishedWhole() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, DocumentsHarness.longText("an otter")));
      documents.awaitRecords(1);
      republish(documents);
      documents.edit(DocumentsHarness.upsert("a", 2, DocumentsHarness.longText("a heron")), 9_000);
      awaitEnds(documents, DocumentsHarness.SHARDS);

      List<PassageVectors> records = documents.records();
      PassageVectors last = records.get(records.size() - 1);
      assertThat(last.revision().number()).isEqualTo(2);
      Set<Hash128> sent =
          records.subList(1, records.size()).stream()
              .flatMap(record -> record.inserts().stream())
              .map(PassageInsert::uid)
              .collect(Collectors.toSet());
      assertThat(sent).containsAll(last.manifest().stream().map(ManifestEntry::uid).toList());
    }
  }

  @Test
  void roundUnderWayIsBegunAnewByARestoredRun() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, DocumentsHarness.longText("an otter")));
      documents.awaitRecords(1);
      republish(documents);
      state = documents.snapshot();
    }
    int shard = NUMBERS.ofDocument("a");
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.await(() -> ends(documents).stream().anyMatch(end -> end.shard() == shard));
      assertThat(documents.of(ShardRound.class)).extracting(ShardRound::round).containsOnly(1L);
      assertThat(again(documents)).containsOnlyKeys("a");
    }
  }

  /** What a round ends with is what readers keep: a version that is being walked is among it. */
  @Test
  void roundWhileAVersionIsBuiltNamesItAndCallsItCompleteOnlyBehindItsWalk() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, DocumentsHarness.longText("an otter")));
      documents.edit(DocumentsHarness.upsert("b", 1, "Bread is made of flour."));
      documents.awaitRecords(2);
      documents.versions(
          DocumentsVersionsTest.second(DocumentsVersionsTest.withRawVectors()), Place.ALONE);
      republish(documents);
      documents.await(
          () ->
              DocumentsVersionsTest.complete(documents, 2) == DocumentsHarness.SHARDS
                  && ends(documents).size() == DocumentsHarness.SHARDS);

      Set<Integer> complete = new HashSet<>();
      for (VectorMessage message : documents.messages()) {
        if (message instanceof ShardComplete shard && shard.version() == 2) {
          complete.add(shard.shard());
        } else if (message instanceof ShardRound round && round.ends()) {
          assertThat(round.versions()).containsExactly(1, 2);
          assertThat(round.complete())
              .isEqualTo(complete.contains(round.shard()) ? List.of(1, 2) : List.of(1));
        }
      }
      for (int version : List.of(1, 2)) {
        assertThat(DocumentsVersionsTest.of(documents, version))
            .extracting(PassageVectors::document)
            .contains("a", "b");
      }
      assertThat(gaps(documents, new HashMap<>())).isEmpty();
    }
  }

  @Test
  void heartbeatsTellTheLastNumberOfEveryShard() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, "Otters live beside rivers."));
      documents.awaitRecords(1);
      Map<Integer, ShardPosition> last = new HashMap<>();
      for (VectorRecord record : sent(documents)) {
        ShardPosition position = record.position();
        if (position != null) {
          last.put(position.shard(), position);
        }
      }
      documents.time(2_000);

      Set<ShardPosition> told =
          documents.of(Heartbeat.class).stream()
              .flatMap(beat -> beat.last().stream())
              .collect(Collectors.toSet());
      assertThat(told).hasSize(DocumentsHarness.SHARDS).containsAll(last.values());
    }
  }

  /** Asks for every shard. */
  private static void republish(DocumentsHarness documents) throws Exception {
    for (int shard = 0; shard < DocumentsHarness.SHARDS; shard++) {
      StreamRecord<ShardEvent> element = new StreamRecord<>(ShardEvent.republish(shard));
      documents.operator().setKeyContextElement2(element);
      documents.operator().processElement2(element);
    }
  }

  private static PassageVectors of(Map<String, PassageVectors> records, String document) {
    return Objects.requireNonNull(records.get(document));
  }

  private static void awaitEnds(DocumentsHarness documents, int count) throws Exception {
    documents.await(() -> ends(documents).size() >= count);
  }

  /** Those of a shard that have ended. */
  private static List<Long> rounds(DocumentsHarness documents, int shard) {
    return ends(documents).stream()
        .filter(end -> end.shard() == shard)
        .map(ShardRound::round)
        .toList();
  }

  private static List<ShardRound> ends(DocumentsHarness documents) {
    return documents.of(ShardRound.class).stream().filter(ShardRound::ends).toList();
  }

  private static Map<String, PassageVectors> again(DocumentsHarness documents) throws Exception {
    Map<String, PassageVectors> again = new HashMap<>();
    for (VectorRecord record : sent(documents)) {
      if (record.again() && record.message() instanceof PassageVectors vectors) {
        assertThat(again.put(vectors.document(), vectors)).isNull();
      }
    }
    return again;
  }

  /** Places of records behind a gap. */
  private static List<ShardPosition> gaps(
      DocumentsHarness documents, Map<Integer, ShardProgress> progress) throws Exception {
    List<ShardPosition> gaps = new ArrayList<>();
    for (VectorRecord record : sent(documents)) {
      ShardPosition position = record.position();
      if (position != null
          && !progress
              .computeIfAbsent(position.shard(), any -> new ShardProgress())
              .take(position, record.follows())) {
        gaps.add(position);
      }
    }
    return gaps;
  }

  private static List<VectorRecord> sent(DocumentsHarness documents) throws BadRecordException {
    List<VectorRecord> records = new ArrayList<>();
    for (OutboundRecord record : documents.outbound()) {
      records.add(VectorMessageCodec.read(Objects.requireNonNull(record.value())));
    }
    return records;
  }
}
