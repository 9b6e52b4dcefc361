package io.realmstream.model.version;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionTablePropertyTest {

  @Property
  void foldOfAnyPrefixIsStableUnderRepetitions(@ForAll("logs") List<VersionProposal> log) {
    VersionTable table = VersionTable.EMPTY;
    for (int i = 0; i < log.size(); i++) {
      table = table.apply(log.get(i)).table();
      for (VersionProposal again : log.subList(0, i + 1)) {
        assertThat(table.apply(again).table()).isEqualTo(table);
      }
      assertThat(table.versions().stream().filter(entry -> entry.state() == ACTIVE).count())
          .isLessThanOrEqualTo(1);
      assertThat(table.versions().stream().filter(entry -> entry.state() == BUILDING).count())
          .isLessThanOrEqualTo(1);
    }
  }

  @Property
  void logWithRepetitionsFoldsLikeTheLogWithout(@ForAll("logs") List<VersionProposal> log) {
    List<VersionProposal> repeated = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      repeated.add(log.get(i));
      repeated.add(log.get(i / 2));
    }

    assertThat(fold(repeated)).isEqualTo(fold(log));
  }

  @Provide
  Arbitrary<List<VersionProposal>> logs() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(VersionState.class).injectNull(0.3),
            Arbitraries.of(VersionState.class))
        .as(Proposals::propose)
        .list()
        .ofMaxSize(30);
  }

  private static VersionTable fold(List<VersionProposal> log) {
    VersionTable table = VersionTable.EMPTY;
    for (VersionProposal proposal : log) {
      table = table.apply(proposal).table();
    }
    return table;
  }
}
