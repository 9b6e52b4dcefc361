package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class LearnSettingsTest {

  @Test
  void eachSettingHasItsPlace() {
    Configuration settings =
        allowed()
            .set(RealmOptions.SHARDS, 32)
            .set(LearningOptions.DIMENSION, 192)
            .set(LearningOptions.THREADS, 3)
            .set(LearningOptions.PASSAGES_MAX, 7);
    assertThat(LearnSettings.of(settings))
        .isEqualTo(new LearnSettings(32, "/models/learned", 192, 3, 7, 10_000, 0, true));
  }

  @Test
  void orderIsHeldInWindows() {
    Configuration settings = allowed();
    settings.setString("realm.learning.order", "held");
    assertThat(LearnSettings.of(settings).windowMs()).isEqualTo(60_000);
    settings.setString("realm.learning.window", "7 s");
    assertThat(LearnSettings.of(settings).windowMs()).isEqualTo(7_000);
    settings.setString("realm.learning.window", "200"); // milliseconds
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearnSettings.of(settings))
        .withMessageStartingWith("realm.learning.window");
  }

  @Test
  void aFolderThatNobodyMayReadIsRefused() {
    Configuration settings = new Configuration().set(LearningOptions.DIRECTORY, "/elsewhere");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearnSettings.of(settings))
        .withMessageContaining("realm.model.sources")
        .withMessageContaining("realm.learning.directory");
  }

  @Test
  void aNumberBelowItsLeastIsRefusedWithItsKey() {
    refused(LearningOptions.DIMENSION, 1);
    refused(LearningOptions.THREADS, 0);
    refused(LearningOptions.PASSAGES_MAX, 0);
  }

  private static void refused(ConfigOption<Integer> option, int value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearnSettings.of(allowed().set(option, value)))
        .withMessageStartingWith(option.key());
  }

  private static Configuration allowed() {
    return new Configuration()
        .set(RealmOptions.MODEL_SOURCES, List.of("classpath:", "file:/models"))
        .set(LearningOptions.DIRECTORY, "/models/learned");
  }
}
