package io.realmstream.deploy.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.realmstream.deploy.door.http.Admission.Head;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final Admission OPEN = new Admission(Set.of("localhost", "[::1]"), null, Set.of());
  private static final Admission LOCKED =
      new Admission(Set.of("localhost"), "0123456789abcdef", Set.of("/"));

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8090", "LOCALHOST:1", "[::1]", "[::1]:8090"})
  void aNameOfTheDoorIsLetIn(String host) {
    assertThatCode(() -> OPEN.check(new Head("GET", "/v1/x", host, null, null, null)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example:8090", "::1", "", "[::1", "a:b:c"})
  void anotherNameIsNot(String host) {
    assertThat(status(OPEN, new Head("GET", "/v1/x", host, null, null, null))).isEqualTo(403);
    assertThat(status(OPEN, new Head("GET", "/v1/x", null, null, null, null))).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer 0123456789abcdef", "bearer  0123456789abcdef "})
  void theTokenOpens(String authorization) {
    assertThatCode(
            () -> LOCKED.check(new Head("GET", "/v1/x", "localhost", authorization, null, null)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer 0123456789abcdee", "Bearer", "0123456789abcdef", "Basic 0123456789abcdef"})
  void anotherTokenDoesNot(String authorization) {
    assertThat(status(LOCKED, new Head("GET", "/v1/x", "localhost", authorization, null, null)))
        .isEqualTo(401);
    assertThat(status(LOCKED, new Head("GET", "/v1/x", "localhost", null, null, null)))
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8090,         application/json,                0",
    "https://LOCALHOST:8090,        application/json; charset=utf-8, 0",
    ",                              APPLICATION/JSON,                0",
    "null,                          application/json,                403",
    "http://localhost:8091,         application/json,                403",
    "http://localhost:8090.evil.io, application/json,                403",
    ",                              text/plain,                      415",
    ",                              application/jsonp,               415",
    ",                              ,                                415",
  })
  void aWriteIsNoPagesFromElsewhere(
      @Nullable String origin, @Nullable String contentType, int status) {
    assertThat(status(OPEN, new Head("POST", "/v1/x", "localhost:8090", null, origin, contentType)))
        .isEqualTo(status);
  }

  @Test
  void aReadMayHaveAnyOriginAndADeleteNoBody() {
    assertThat(
            status(OPEN, new Head("GET", "/v1/x", "localhost", null, "http://evil.example", null)))
        .isZero();
    assertThat(status(OPEN, new Head("DELETE", "/v1/x", "localhost", null, null, null))).isZero();
    assertThat(
            status(
                OPEN, new Head("DELETE", "/v1/x", "localhost", null, "http://evil.example", null)))
        .isEqualTo(403);
  }

  /** 0 = let in. */
  @Test
  void anOpenPathIsReadWithoutTheTokenAndNothingBeside() {
    assertThatCode(() -> LOCKED.check(new Head("GET", "/", "localhost", null, null, null)))
        .doesNotThrowAnyException();
    for (String path : Set.of("//", "/.", "/v1/../", "/%2e", "", "/v1/status")) {
      assertThat(status(LOCKED, new Head("GET", path, "localhost", null, null, null)))
          .as(path)
          .isEqualTo(401);
    }
    String json = "application/json";
    assertThat(status(LOCKED, new Head("POST", "/", "localhost", null, null, json))).isEqualTo(401);
    assertThat(status(LOCKED, new Head("GET", "/", "evil.example", null, null, null)))
        .isEqualTo(403);
  }

  private static int status(Admission admission, Head head) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> admission.check(head));
    return refusal == null ? 0 : refusal.status();
  }
}
