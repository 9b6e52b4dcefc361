package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private static final Topics FIRST = new Topics("realm");
  private static final Topics SECOND = new Topics("realm", "second");

  @Test
  void whatOneRetrieverReadsAndWritesHasItsName() {
    assertThat(FIRST.queries()).isEqualTo("realm.queries.v1");
    assertThat(SECOND.queries()).isEqualTo("realm.second.queries.v1");
    assertThat(SECOND.answers()).isEqualTo("realm.second.answers.v1");
    assertThat(SECOND.searchAgain()).isEqualTo("realm.second.search-again.v1");
    assertThat(SECOND.ordered())
        .containsExactly(
            "realm.retriever-checkpoints.v1",
            "realm.index-versions.v1",
            "realm.second.partitions.v1",
            "realm.second.freshness.v1");
  }

  @Test
  void whatAllShareHasNot() {
    assertThat(SECOND.documents()).isEqualTo(FIRST.documents());
    assertThat(SECOND.acceptedDocuments()).isEqualTo(FIRST.acceptedDocuments());
    assertThat(SECOND.documentStatus()).isEqualTo(FIRST.documentStatus());
    assertThat(SECOND.passageVectors()).isEqualTo(FIRST.passageVectors());
    assertThat(SECOND.republications()).isEqualTo(FIRST.republications());
    assertThat(SECOND.deadLetters()).isEqualTo(FIRST.deadLetters());
  }

  @Test
  void groupsOfARetrieverHaveItsNameToo() {
    assertThat(FIRST.group("retriever-queries")).isEqualTo("realm-retriever-queries");
    assertThat(SECOND.group("retriever-queries")).isEqualTo("realm-second-retriever-queries");
    assertThat(SECOND.group("updater-documents")).isEqualTo("realm-updater-documents");
  }

  @Test
  void topicOfOneOrderHasOnePartition() {
    FIRST.checkOrder(FIRST.queries(), 4);
    FIRST.checkOrder(FIRST.freshness(), 1);
    assertThatThrownBy(() -> SECOND.checkOrder(SECOND.freshness(), 4))
        .hasMessageContaining("realm.second.freshness.v1 has 4 partitions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a b", "ä", "123456789012345678901234567890123"})
  void nameThatWouldNotDoInNamesIsRefused(String retriever) {
    assertThatThrownBy(() -> new Topics("realm", retriever)).hasMessageContaining(retriever);
  }
}
