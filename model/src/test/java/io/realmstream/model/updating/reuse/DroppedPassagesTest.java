package io.realmstream.model.updating.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.state.HeapValue;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DroppedPassagesTest {
  private static final Hash128 TRUNK = Hash128.ofTexts("trunk");
  private static final Hash128 OTHER_TRUNK = Hash128.ofTexts("another trunk");
  private static final Duration TTL = Duration.ofHours(1);

  private final HeapTable<String, DroppedDocument> documents = new HeapTable<>();
  private final HeapTable<Long, String> order = new HeapTable<>();
  private long nowMs = 1_000_000;

  @Test
  void lostPassageIsKnownUnderItsTrunkOnly() {
    DroppedPassages dropped = dropped(10);
    dropped.change("d", lost("a", "b"), List.of());

    assertThat(dropped.of("d", TRUNK).keySet()).isEqualTo(uids("a", "b"));
    assertThat(dropped.of("d", OTHER_TRUNK)).isEmpty();
    assertThat(dropped.of("e", TRUNK)).isEmpty();
  }

  @Test
  void passageThatIsBackIsNotLost() {
    DroppedPassages dropped = dropped(10);
    dropped.change("d", lost("a", "b"), List.of());
    dropped.change("d", lost("c"), List.of(key("a")));

    assertThat(dropped.of("d", TRUNK).keySet()).isEqualTo(uids("b", "c"));
  }

  @Test
  void documentWhosePassagesAreAllBackIsForgotten() {
    DroppedPassages dropped = dropped(10);
    dropped.change("d", lost("a"), List.of());
    dropped.change("d", List.of(), List.of(key("a")));

    assertThat(documents.isEmpty()).isTrue();
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void documentThatLostSomethingLongestAgoIsForgottenFirst() {
    DroppedPassages dropped = dropped(3);
    dropped.change("d", lost("a"), List.of());
    dropped.change("e", lost("b"), List.of());
    dropped.change("d", lost("c"), List.of());
    dropped.change("f", lost("x"), List.of());

    assertThat(dropped.of("e", TRUNK)).isEmpty();
    assertThat(dropped.of("d", TRUNK).keySet()).isEqualTo(uids("a", "c"));
    assertThat(dropped.of("f", TRUNK).keySet()).isEqualTo(uids("x"));
  }

  @Test
  void newestPassagesOfADocumentAreKept() {
    DroppedPassages dropped = dropped(1_000);
    String[] old =
        IntStream.range(0, DroppedPassages.DOCUMENT_PASSAGES_MAX)
            .mapToObj(i -> "old " + i)
            .toArray(String[]::new);
    dropped.change("d", lost(old), List.of());
    dropped.change("d", lost("new"), List.of());

    assertThat(dropped.of("d", TRUNK))
        .hasSize(DroppedPassages.DOCUMENT_PASSAGES_MAX)
        .containsKey(Hash128.ofTexts("new"));
  }

  @Test
  void whatIsLostTooLongAgoIsForgotten() {
    DroppedPassages dropped = dropped(10);
    dropped.change("d", lost("a"), List.of());
    nowMs += TTL.toMillis();
    assertThat(dropped.of("d", TRUNK)).hasSize(1);

    nowMs++;
    assertThat(dropped.of("d", TRUNK)).isEmpty();
    dropped.change("e", lost("b"), List.of());
    assertThat(documents.contains("d")).isFalse();
  }

  @Test
  void withoutRoomNothingIsKept() {
    DroppedPassages dropped = dropped(0);
    dropped.change("d", lost("a"), List.of());

    assertThat(documents.isEmpty()).isTrue();
  }

  private DroppedPassages dropped(int passagesMax) {
    return new DroppedPassages(
        new DroppedPassages.Tables(documents, order, new HeapValue<>()),
        new ReuseLimits(passagesMax, TTL),
        () -> nowMs);
  }

  private static List<DroppedPassage> lost(String... texts) {
    return Stream.of(texts)
        .map(text -> new DroppedPassage(key(text), new TrunkOutput(new float[1], false, 1)))
        .toList();
  }

  private static TrunkKey key(String text) {
    return new TrunkKey(TRUNK, Hash128.ofTexts(text));
  }

  private static Set<Hash128> uids(String... texts) {
    return Set.copyOf(Stream.of(texts).map(Hash128::ofTexts).toList());
  }
}
