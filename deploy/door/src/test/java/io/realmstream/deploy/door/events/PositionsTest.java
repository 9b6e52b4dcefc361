package io.realmstream.deploy.door.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.door.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
  @Test
  void anIdSaysWhereToGoOnEverywhere() {
    Positions positions = new Positions();
    positions.set(EventKind.VERSION, 0, 9);
    positions.set(EventKind.STATUS, 10, 3);
    positions.set(EventKind.STATUS, 1, 17);
    positions.set(EventKind.STATUS, 1, 18);
    assertThat(positions).hasToString("status.1=18,status.10=3,version.0=9");

    Positions read = Positions.parse(positions.toString());
    assertThat(read.of(EventKind.STATUS, 1, 0)).isEqualTo(18);
    assertThat(read.of(EventKind.STATUS, 2, 5)).isEqualTo(5);
    assertThat(read).hasToString(positions.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "status.0",
        "status.0=-1",
        "status.0=1,",
        "status.0=1234567890123456789"
      })
  void whatIsNoIdIsABadRequest(String id) {
    assertThatThrownBy(() -> Positions.parse(id))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Last-Event-ID");
  }
}
