package io.realmstream.model.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.transport.NamedInRound.Round;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Documents are texts here, whose first character is their version. */
class NamedInRoundTest {
  private final HeapTable<Integer, Round> rounds = new HeapTable<>();
  private final HeapTable<String, Long> named = new HeapTable<>();
  private final HeapTable<String, Boolean> current = new HeapTable<>();
  private final HeapTable<String, Boolean> staged = new HeapTable<>();
  private final NamedInRound<String> round =
      new NamedInRound<>(
          rounds, named, List.of(current, staged), document -> document.charAt(0) - '0');

  @Test
  void whatWasNotNamedGoes() {
    hold("1a", "1b", "1c");
    staged.put("1d", true);
    round.begin(1);
    round.name("1a");
    assertThat(round.end(1, List.of(1))).isTrue();
    assertThat(swept()).containsExactly("1b", "1c", "1d");
  }

  @Test
  void nothingIsLeftOfARound() {
    hold("1a");
    round.begin(1);
    round.name("1a");
    round.end(1, List.of(1));
    swept();
    assertThat(rounds.size()).isZero();
    assertThat(named.size()).isZero();
  }

  @Test
  void otherVersionsStay() {
    hold("1a", "2a");
    round.begin(1);
    round.end(1, List.of(2));
    assertThat(swept()).containsExactly("2a");
  }

  @Test
  void editsBehindTheEndNameTheirDocumentsToo() {
    hold("1a");
    round.begin(1);
    round.end(1, List.of(1));
    hold("1z");
    round.name("1z");
    assertThat(swept()).containsExactly("1a");
  }

  @Test
  void lossBreaksTheRoundAndItsEndSaysNothing() {
    hold("1a");
    round.begin(1);
    round.lose();
    assertThat(round.isUnderWay()).isFalse();
    assertThat(round.end(1, List.of(1))).isFalse();
    assertThat(swept()).isEmpty();
    assertThat(rounds.size()).isZero();
  }

  @Test
  void lossBehindTheEndChangesNothing() {
    hold("1a");
    round.begin(1);
    round.end(1, List.of(1));
    round.lose();
    assertThat(swept()).containsExactly("1a");
  }

  @Test
  void roundBegunAnewNamesAnew() {
    hold("1a", "1b");
    round.begin(1);
    round.name("1a");
    round.name("1b");
    round.begin(1); // the updater was killed; 1b is deleted since, which was lost
    round.name("1a");
    round.end(1, List.of(1));
    assertThat(swept()).containsExactly("1b");
  }

  @Test
  void roundBehindABrokenOneNamesAnew() {
    hold("1a", "1b");
    round.begin(1);
    round.name("1a");
    round.name("1b");
    round.lose();
    round.begin(2);
    round.name("1b");
    assertThat(round.end(2, List.of(1))).isTrue();
    assertThat(swept()).containsExactly("1a");
  }

  @Test
  void endOfARoundWhoseBeginningWasLostSaysNothing() {
    hold("1a");
    assertThat(round.end(4, List.of(1))).isFalse();
    round.begin(5);
    assertThat(round.end(4, List.of(1))).isFalse();
    assertThat(round.isUnderWay()).isTrue();
  }

  @Test
  void withoutARoundNothingIsNamed() {
    round.name("1a");
    assertThat(named.size()).isZero();
  }

  @Test
  void sweepRestsAndGoesOnBeyondWhatItRemoves() {
    Set<String> gone = new TreeSet<>();
    round.begin(1);
    for (int i = 0; i < 1_000; i++) {
      String document = "1" + i;
      hold(document);
      if (i % 3 == 0) {
        gone.add(document);
      } else {
        round.name(document);
      }
    }
    round.end(1, List.of(1));
    assertThat(swept()).containsExactlyElementsOf(gone);
    assertThat(current.size()).isEqualTo(1_000 - gone.size());
  }

  private void hold(String... documents) {
    for (String document : documents) {
      current.put(document, true);
    }
  }

  /** Sweeps some steps at a time, and removes what is to go. */
  private Set<String> swept() {
    Set<String> unnamed = new TreeSet<>();
    NamedInRound<String>.Sweep sweep = round.sweep();
    boolean more = true;
    while (more) {
      more =
          sweep.some(
              7,
              document -> {
                unnamed.add(document);
                current.remove(document);
                staged.remove(document);
              });
    }
    return unnamed;
  }
}
