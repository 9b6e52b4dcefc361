package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingRuleTest {
  private static final Map<String, String> EXPIRING =
      Map.of("cleanup.policy", "delete", "retention.ms", "700", "segment.ms", "100");

  @Test
  void whatNobodyHasSetIsSet() {
    assertThat(SettingRule.changes(EXPIRING, Map.of("retention.ms", "200"), false))
        .isEqualTo(Map.of("cleanup.policy", "delete", "segment.ms", "100"));
  }

  @Test
  void howLongATextIsKeptStaysAsSomebodySetItUntilItIsSaidAnew() {
    Map<String, String> found =
        Map.of("cleanup.policy", "delete", "retention.ms", "200", "segment.ms", "5000");
    assertThat(SettingRule.changes(EXPIRING, found, false)).isEmpty();
    assertThat(SettingRule.changes(EXPIRING, found, true))
        .isEqualTo(Map.of("retention.ms", "700", "segment.ms", "100"));
  }

  @Test
  void whatTheJobsRelyOnIsSetAgain() {
    Map<String, String> wanted =
        Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "-1",
            "message.timestamp.type", "LogAppendTime");
    Map<String, String> found =
        Map.of(
            "cleanup.policy", "compact",
            "retention.ms", "1000",
            "message.timestamp.type", "CreateTime");
    assertThat(SettingRule.changes(wanted, found, false)).isEqualTo(wanted);
  }

  @Test
  void limitsAreRaisedAndNeverLowered() {
    Map<String, String> wanted = Map.of("max.message.bytes", "8", "delete.retention.ms", "30");
    assertThat(
            SettingRule.changes(
                wanted, Map.of("max.message.bytes", "9", "delete.retention.ms", "29"), true))
        .isEqualTo(Map.of("delete.retention.ms", "30"));
  }

  /** Kafka would refuse them otherwise. */
  @Test
  void greatestLagOfCompactionIsNeverBelowTheLeast() {
    Map<String, String> accepted = Retention.of(Duration.ofDays(30)).accepted();
    Map<String, String> soon = Map.of("max.compaction.lag.ms", "3600000");
    assertThat(SettingRule.changes(accepted, soon, false))
        .containsEntry("max.compaction.lag.ms", "86400000")
        .containsEntry("min.compaction.lag.ms", "86400000");
    Map<String, String> status = Retention.of(Duration.ofDays(30)).compacted();
    assertThat(SettingRule.changes(status, soon, false)).doesNotContainKey("max.compaction.lag.ms");
  }
}
