package io.realmstream.model.version;

import static io.realmstream.model.version.Proposals.propose;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.VersionProposal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndedIndexesTest {
  /** The log: 1 is superseded by 2 and retired, 3 is refused at once, 4 is being built. */
  private static final EndedIndexes LOG =
      EndedIndexes.of(
          table(
              propose(1, null, BUILDING),
              propose(1, BUILDING, ACTIVE),
              propose(1, ACTIVE, READY),
              propose(2, null, BUILDING),
              propose(2, BUILDING, READY),
              propose(2, READY, ACTIVE),
              propose(1, READY, RETIRED),
              propose(3, null, REFUSED),
              propose(4, null, BUILDING)));

  @Test
  void whatTheLogToldOfAndIsNotWrittenHadItsTime() {
    assertThat(contained(LOG, 6)).containsExactly(1, 3);
  }

  @Test
  void anIndexThatAnotherVersionUsesIsLive() {
    VersionTable table =
        table(
            propose(1, null, BUILDING),
            propose(1, BUILDING, ACTIVE),
            propose(1, ACTIVE, READY),
            Proposals.sharing(2, 1),
            propose(2, READY, ACTIVE),
            propose(1, READY, RETIRED));

    assertThat(EndedIndexes.of(table).contains(1)).isFalse();
  }

  @Test
  void aWordAboutOneIndexHoldsBeforeTheLogAndAfterIt() {
    EndedIndexes word = EndedIndexes.only(5);
    assertThat(contained(word, 6)).containsExactly(5);
    assertThat(contained(LOG.and(word), 6)).containsExactly(1, 3, 5);
    assertThat(contained(LOG.and(EndedIndexes.only(2)), 6)).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsNewsIsWhatWasLive() {
    EndedIndexes before = new EndedIndexes(2, List.of(1, 2), List.of());
    EndedIndexes after = before.and(LOG);

    assertThat(after.since(before)).containsExactly(1);
    assertThat(after.since(after)).isEmpty();
    assertThat(after.and(EndedIndexes.only(4)).since(after)).containsExactly(4);
    assertThat(after.and(EndedIndexes.only(9)).since(after)).containsExactly(9);
    assertThat(after.and(EndedIndexes.only(1)).since(after)).isEmpty();
  }

  /** The log, older states of it, and words of shards, joined in any order, come to one. */
  @Test
  void theOrderOfNewsDoesNotMatter() {
    List<EndedIndexes> news =
        new ArrayList<>(
            List.of(
                LOG,
                new EndedIndexes(1, List.of(1), List.of()),
                new EndedIndexes(2, List.of(1, 2), List.of()),
                EndedIndexes.only(4),
                EndedIndexes.only(7),
                EndedIndexes.only(1)));
    EndedIndexes expected = new EndedIndexes(4, List.of(2), List.of(7));
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(news, random);
      EndedIndexes known = EndedIndexes.NONE;
      for (EndedIndexes each : news) {
        known = known.and(each);
      }
      assertThat(known).isEqualTo(expected);
    }
  }

  @Test
  void aYearOfVersionsIsAsLargeAsTheLiveOnes() {
    EndedIndexes known = EndedIndexes.NONE;
    for (int version = 1; version <= 365 * 24; version++) {
      EndedIndexes before = known;
      known = known.and(new EndedIndexes(version, live(version), List.of()));
      known = known.and(EndedIndexes.only(version - 1)); // its shard's own word
      known = known.and(EndedIndexes.only(version + 5)); // a word that nobody said in the log
      assertThat(known.live()).hasSizeLessThanOrEqualTo(2);
      assertThat(known.ahead()).hasSizeLessThanOrEqualTo(5);
      assertThat(known.since(before)).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(known.contains(1)).isTrue();
  }

  @Test
  void wordsAboutWhatTheLogNeverTellsAreBounded() {
    EndedIndexes known = LOG;
    for (int stranger = 1_000; stranger < 2_000; stranger++) {
      known = known.and(EndedIndexes.only(stranger));
    }

    assertThat(known.ahead()).hasSize(EndedIndexes.AHEAD_MAX).contains(1_999);
    assertThat(known.live()).containsExactly(2, 4);
  }

  private static List<Integer> live(int newest) {
    return newest == 1 ? List.of(1) : List.of(newest - 1, newest);
  }

  private static List<Integer> contained(EndedIndexes ended, int upTo) {
    return IntStream.rangeClosed(1, upTo).filter(ended::contains).boxed().toList();
  }

  private static VersionTable table(VersionProposal... log) {
    VersionTable table = VersionTable.EMPTY;
    for (VersionProposal proposal : log) {
      VersionTable.Step step = table.apply(proposal);
      assertThat(step.ignored()).isNull();
      table = step.table();
    }
    return table;
  }
}
