package io.realmstream.deploy.door.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.schemas.Topics;
import org.junit.jupiter.api.Test;

class EventKindTest {
  @Test
  void aReaderMayAskForSome() {
    assertThat(EventKind.of(null))
        .containsExactly(EventKind.STATUS, EventKind.VERSION, EventKind.FRESHNESS);
    assertThat(EventKind.of("freshness,status"))
        .containsExactly(EventKind.STATUS, EventKind.FRESHNESS);
    for (String words : new String[] {"", "queries", "status,"}) {
      assertThatThrownBy(() -> EventKind.of(words))
          .isInstanceOf(Refusal.class)
          .hasMessage("topics: must be some of status,version,freshness");
    }
    assertThat(EventKind.STATUS.topic(new Topics("kb"))).isEqualTo("kb.document-status.v1");
  }

  @Test
  void aRecordIsOneLineAndWhatIsNoneIsLeftOut() {
    String record = "{\n\"run\": 1,\n \"number\": 2}\n";
    assertThat(EventKind.FRESHNESS.line(record.getBytes(UTF_8)))
        .isEqualTo("{\"number\":2,\"run\":1}");
    assertThat(EventKind.STATUS.line(record.getBytes(UTF_8))).isNull();
    assertThat(EventKind.STATUS.line(null)).isNull();
  }
}
