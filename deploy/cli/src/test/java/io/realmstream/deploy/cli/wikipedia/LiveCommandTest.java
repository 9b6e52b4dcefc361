package io.realmstream.deploy.cli.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCommandTest {
  @Test
  void sameWikisInAnotherOrderHaveTheSameBookmark() {
    assertThat(LiveCommand.progressName(List.of("frwiki", "enwiki", "frwiki")))
        .isEqualTo(LiveCommand.progressName(List.of("enwiki", "frwiki")))
        .isEqualTo("live-enwiki-frwiki.json");
  }
}
