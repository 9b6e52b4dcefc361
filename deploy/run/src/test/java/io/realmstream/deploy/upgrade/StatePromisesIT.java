package io.realmstream.deploy.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each state that a release wrote is still there, with its name, kind and serializers: {@code
 * states-0.1.0.txt} has a line for each, as {@link StateList} writes it. Lines are never taken
 * away. One whose serializer changes needs a release that reads the old one.
 */
@Timeout(900)
class StatePromisesIT {
  private static final List<String> RELEASES = List.of("0.1.0");

  @ParameterizedTest
  @FieldSource("RELEASES")
  void theListHasAllThatARunOfTheReleaseLeft(String release, @TempDir Path directory)
      throws Exception {
    try (InputStream kept = StatePromisesIT.class.getResourceAsStream(release + ".zip")) {
      var unused = KeptRun.unpack(Objects.requireNonNull(kept), directory);
    }
    assertThat(promised(release))
        .containsExactlyElementsOf(StateList.of(directory.resolve("checkpoints")));
  }

  /** A run that goes on would show a state that nothing uses any more: Flink keeps it. */
  @Test
  void aRunThatBeginsHasEachStateThatWasPromised(@TempDir Path directory) throws Exception {
    try (TinyRealm realm = new TinyRealm(directory, false)) {
      realm.stop();
    }
    Set<String> states = StateList.of(directory.resolve("checkpoints"));
    for (String release : RELEASES) {
      assertThat(states).as(release).containsAll(promised(release));
    }
  }

  private static List<String> promised(String release) throws IOException {
    String name = "states-" + release + ".txt";
    try (InputStream file = StatePromisesIT.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8).lines().toList();
    }
  }
}
