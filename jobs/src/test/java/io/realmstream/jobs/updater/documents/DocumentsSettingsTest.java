package io.realmstream.jobs.updater.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.updating.reuse.ReuseLimits;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsSettingsTest {
  @Test
  void eachSettingHasItsPlace() {
    Configuration settings =
        new Configuration()
            .set(RealmOptions.SHARDS, 32)
            .set(RealmOptions.PENDING_DOCUMENTS_MAX, 77)
            .set(RealmOptions.TOMBSTONE_TTL, Duration.ofHours(5))
            .set(RealmOptions.CHECKED_PASSAGES, 9)
            .set(RealmOptions.EMBED_THREADS, 3)
            .set(RealmOptions.REBUILD_SHARE, 0.25)
            .set(RealmOptions.REUSE_PASSAGES_MAX, 11)
            .set(LearningOptions.ENABLED, true)
            .set(RealmOptions.REUSE_TTL, Duration.ofMinutes(13));

    assertThat(DocumentsSettings.of(settings, 6))
        .isEqualTo(
            new DocumentsSettings(
                32,
                6,
                RealmOptions.topics(settings).documents(),
                77,
                Duration.ofHours(5),
                9,
                new EmbedSettings(3, 0.25, true),
                new ReuseLimits(11, Duration.ofMinutes(13))));
  }

  @Test
  void trunkOutputsAreToldOnlyWhereTheRetrieverLearns() {
    assertThat(DocumentsSettings.of(new Configuration(), 6).embed().tellsTrunks()).isFalse();
  }

  @Test
  void nothingThatIsCheckedOrKeptForReuseIsAllowed() {
    Configuration settings =
        new Configuration()
            .set(RealmOptions.CHECKED_PASSAGES, 0)
            .set(RealmOptions.REUSE_PASSAGES_MAX, 0);
    assertThat(DocumentsSettings.of(settings, 6))
        .returns(0, DocumentsSettings::checkedPassages)
        .returns(0, of -> of.reuse().passagesMax());
  }

  @Test
  void numberBelowZeroIsRefusedWithItsKey() {
    refused(RealmOptions.CHECKED_PASSAGES, -1, " must be at least 0, is -1");
    refused(RealmOptions.REUSE_PASSAGES_MAX, -1, " must be at least 0, is -1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.001, Double.NaN})
  void shareOfTheThreadsThatIsNoneIsRefusedWithItsKey(double share) {
    refused(RealmOptions.REBUILD_SHARE, share, " must be above 0 and at most 1, is " + share);
  }

  @Test
  void aRebuildMayHaveAllThreads() {
    Configuration settings = new Configuration().set(RealmOptions.REBUILD_SHARE, 1.0);
    assertThat(DocumentsSettings.of(settings, 6).embed().rebuildShare()).isEqualTo(1);
  }

  @Test
  void stateThatWroteOtherPartitionsChangesNothingElse() {
    DocumentsSettings settings = DocumentsSettings.of(new Configuration(), 6);
    assertThat(settings.writing(4).partitions()).isEqualTo(4);
    assertThat(settings.writing(4).writing(6)).isEqualTo(settings);
  }

  @Test
  void theyTravelWithTheOperator() throws Exception {
    DocumentsSettings settings = DocumentsSettings.of(new Configuration(), 6);
    assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
  }

  private static <T> void refused(ConfigOption<T> option, T value, String words) {
    Configuration settings = new Configuration().set(option, value);
    assertThatThrownBy(() -> DocumentsSettings.of(settings, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(option.key() + words);
  }
}
