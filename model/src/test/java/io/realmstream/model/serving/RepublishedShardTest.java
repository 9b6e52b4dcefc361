package io.realmstream.model.serving;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.transport.NamedInRound.Round;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepublishedShardTest {
  private final HeapTable<Integer, Round> rounds = new HeapTable<>();
  private final HeapTable<VersionedDocument, Long> named = HeapTable.byText();
  private final HeapTable<VersionedDocument, Integer> documents = HeapTable.byText();
  private final RepublishedShard shard = new RepublishedShard(rounds, named, List.of(documents));
  private final List<VersionedDocument> unnamed = new ArrayList<>();

  @Test
  void whatAWholeRepublicationDoesNotNameIsGone() {
    documents.put(document("named"), 1);
    documents.put(document("gone"), 1);
    shard.take(round(false));
    assertThat(shard.isUnderWay()).isTrue();
    assertThat(shard.isSweeping()).isFalse();
    shard.name(document("named"));
    assertThat(shard.take(round(true))).isTrue();
    assertThat(shard.isSwept()).isFalse();
    assertThat(shard.isSweeping()).isTrue();
    sweep();
    assertThat(unnamed).containsExactly(document("gone"));
    assertThat(shard.isSwept()).isTrue();
    assertThat(shard.isSweeping()).isFalse();
    assertThat(rounds.isEmpty()).isTrue();
    assertThat(named.isEmpty()).isTrue();
  }

  @Test
  void aLossInBetweenTakesNothingAway() {
    documents.put(document("kept"), 1);
    shard.take(round(false));
    shard.lose(SHARD);
    assertThat(shard.take(round(true))).isFalse();
    sweep();
    assertThat(unnamed).isEmpty();
  }

  private void sweep() {
    for (int slice = 0; slice < 10 && shard.sweepSome(SHARD, this::remove); slice++) {}
  }

  private void remove(VersionedDocument document) {
    unnamed.add(document);
    documents.remove(document);
  }

  private static ShardRound round(boolean ends) {
    return new ShardRound(SHARD, 7, ends, ends ? List.of(Edits.VERSION) : List.of(), List.of());
  }
}
