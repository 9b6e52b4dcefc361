package io.realmstream.jobs.retriever.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageEventTest {
  private static final PassageVectors VECTORS =
      new PassageVectors(
          "d",
          5,
          8,
          new DocumentRevision(
              1,
              DocumentRevision.NO_EDIT,
              Outcome.DELETED,
              "",
              new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
              0,
              VectorCounts.NONE,
              Provenance.NONE),
          RecordPart.WHOLE,
          List.of(),
          List.of());
  private static final Ack ACK = new Ack(5, 7, "d", new Hash128(0, 1), 1, new Hash128(0, 2), 0, 1);
  private static final Heartbeat HEARTBEAT =
      new Heartbeat(1, 0, 1, Heartbeat.NOTHING, 1, 8, List.of(), List.of());
  private static final BeatPosition POSITION = new BeatPosition(3, 1);
  private static final CountedBeat BEAT = new CountedBeat(POSITION, 4, HEARTBEAT);

  @Test
  void vectorsAreNewUnlessTheySayOnceMoreWhatWasPublished() {
    assertThat(PassageEvent.of(VECTORS).published())
        .isEqualTo(new PublishedVectors(VECTORS, false));
    assertThat(PassageEvent.of(VECTORS, true).published())
        .isEqualTo(new PublishedVectors(VECTORS, true));
    assertThat(PassageEvent.of(VECTORS).published())
        .isEqualTo(new PublishedVectors(VECTORS, false));
  }

  @Test
  void whatSpeaksOfOneVersionNamesIt() {
    assertThat(PassageEvent.of(VECTORS).version()).isEqualTo(8);
    assertThat(PassageEvent.of(ACK).version()).isEqualTo(7);
    assertThat(PassageEvent.of(new ShardComplete(6, 5)).version()).isEqualTo(6);
  }

  @Test
  void whatConcernsAllVersionsNamesNone() {
    assertThat(PassageEvent.of(BEAT, 5).version()).isNull();
    assertThat(PassageEvent.of(new ShardRound(5, 1, false, List.of(), List.of())).version())
        .isNull();
    assertThat(PassageEvent.of(new ShardRetired(6, 5)).version()).isNull();
    assertThat(PassageEvent.gap(5).version()).isNull();
  }

  @Test
  void eachGoesToItsDocumentShard() {
    assertThat(
            List.of(
                PassageEvent.of(VECTORS),
                PassageEvent.of(ACK),
                PassageEvent.of(BEAT, 5),
                PassageEvent.of(new ShardComplete(6, 5)),
                PassageEvent.of(new ShardRetired(6, 5)),
                PassageEvent.ended(5, EndedIndexes.NONE),
                PassageEvent.of(new ShardRound(5, 1, false, List.of(), List.of())),
                PassageEvent.settled(5, POSITION),
                PassageEvent.gap(5)))
        .extracting(PassageEvent::shard)
        .containsOnly(5);
  }

  @Test
  void onlyALostRecordIsAGap() {
    assertThat(PassageEvent.gap(5).isGap()).isTrue();
    assertThat(
            List.of(
                PassageEvent.of(VECTORS),
                PassageEvent.of(ACK),
                PassageEvent.of(BEAT, 5),
                PassageEvent.of(new ShardComplete(6, 5)),
                PassageEvent.ended(5, EndedIndexes.NONE),
                PassageEvent.settled(5, POSITION),
                PassageEvent.of(new ShardRound(5, 1, false, List.of(), List.of()))))
        .noneMatch(PassageEvent::isGap);
  }

  @Test
  void aHeartbeatWithoutWhatItSaysKeepsItsPlace() {
    PassageEvent bare = PassageEvent.of(BEAT.bare(), 5);
    assertThat(bare.isGap()).isFalse();
    assertThat(bare.beat()).isEqualTo(new CountedBeat(POSITION, 4, null));
  }

  @Test
  void retiredVersionIsTheOnlyOneThatEnds() {
    assertThat(PassageEvent.of(new ShardRetired(6, 5)).ended()).isEqualTo(EndedIndexes.only(6));
  }
}
