package io.realmstream.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  /** Scripts rely on them since 0.1.0. */
  @Test
  void numbersStand() throws Exception {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Field field : ExitCode.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        numbers.put(field.getName(), field.getInt(null));
      }
    }
    assertThat(numbers)
        .containsAllEntriesOf(
            Map.of(
                "OK", 0,
                "FAILED", 1,
                "USAGE", 2,
                "UNREACHABLE", 3,
                "TIMED_OUT", 4,
                "NO_ANSWER", 5,
                "OVERLOADED", 6));
  }
}
