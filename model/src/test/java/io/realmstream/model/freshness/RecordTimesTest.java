package io.realmstream.model.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTimesTest {
  private static final String TYPE = "message.timestamp.type";
  private static final long HOUR_MS = 3_600_000;

  @Test
  void brokersClockSettlesTheMomentBeforeLessTheTolerance() {
    RecordTimes times =
        RecordTimes.of(Map.of(TYPE, "LogAppendTime", "message.timestamp.before.max.ms", "7"));

    assertThat(times.settledMs(10_000, 0)).isEqualTo(9_999);
    assertThat(times.settledMs(10_000, 500)).isEqualTo(9_499);
  }

  @Test
  void producersClocksSettleNothing() {
    assertThat(RecordTimes.of(Map.of(TYPE, "CreateTime")).settledMs(10_000, 0)).isNull();
    assertThat(RecordTimes.of(Map.of()).settledMs(10_000, 0)).isNull();
    assertThat(
            RecordTimes.of(
                    Map.of(
                        TYPE,
                        "CreateTime",
                        "message.timestamp.before.max.ms",
                        Long.toString(Long.MAX_VALUE)))
                .settledMs(10_000, 0))
        .isNull();
  }

  @Test
  void whatTheBrokerRefusesCannotCome() {
    for (String setting :
        new String[] {"message.timestamp.before.max.ms", "message.timestamp.difference.max.ms"}) {
      RecordTimes times =
          RecordTimes.of(Map.of(TYPE, "CreateTime", setting, Long.toString(HOUR_MS)));

      assertThat(times.settledMs(10 * HOUR_MS, 500)).isEqualTo(9 * HOUR_MS - 501);
    }
  }
}
