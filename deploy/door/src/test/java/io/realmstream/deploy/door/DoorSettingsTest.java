package io.realmstream.deploy.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorSettingsTest {
  private static final String TOKEN = "0123456789abcdef";

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
  void loopbackNeedsNoToken(String host) {
    DoorSettings settings = new DoorSettings(host, 8090, List.of("kb.local"), null, false);
    assertThat(settings.isLoopback()).isTrue();
    assertThat(settings.admission().hosts())
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "[::1]", "kb.local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void whatOthersReachNeedsOne(String host) {
    assertThatThrownBy(() -> new DoorSettings(host, 8090, List.of(), null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(host + " can be reached from elsewhere, so a token is needed");
    DoorSettings settings = new DoorSettings(host, 8090, List.of("KB.example"), TOKEN, false);
    assertThat(settings.isLoopback()).isFalse();
    assertThat(settings.admission().hosts())
        .hasSize(5)
        .contains("localhost", "127.0.0.1", "[::1]", "kb.example");
    assertThat(settings.admission().token()).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,   ,           true",
    "::,        ,           true",
    "0.0.0.0,   kb.example, false",
    "192.0.2.1, ,           false",
    "localhost, ,           false"
  })
  void everyInterfaceIsNoNameToBeCalledBy(String host, @Nullable String name, boolean lacks) {
    List<String> names = name == null ? List.of() : List.of(name);
    assertThat(new DoorSettings(host, 8090, names, TOKEN, false).lacksName()).isEqualTo(lacks);
  }

  @Test
  void aTokenThatCanBeGuessedIsRefused() {
    assertThatThrownBy(
            () -> new DoorSettings("localhost", 8090, List.of(), "123456789abcdef", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a token has at least 16 characters");
  }

  @Test
  void controlIsOffUnlessItIsAllowed() {
    DoorSettings settings = DoorSettings.onLoopback(8090);
    assertThat(settings.control()).isFalse();
    assertThat(settings.withControl())
        .isEqualTo(new DoorSettings("localhost", 8090, List.of(), null, true));
  }
}
