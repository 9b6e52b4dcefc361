package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.RocksDBSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyOptions;

class JobSettingsTest {
  @Test
  void writeBuffersHaveFiltersToo() {
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend()
            .configure(JobSettings.configuration(), getClass().getClassLoader());

    assertThat(backend.getRocksDBOptions()).isInstanceOf(RocksDBSettings.class);
  }

  @Test
  void removedValuesLeaveTheFilesWithinTheTimeThatIsSet() throws Exception {
    Configuration settings = JobSettings.configuration();
    settings.set(RocksDBSettings.FORGET_WITHIN, Duration.ofHours(2));
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend().configure(settings, getClass().getClassLoader());
    RocksDBOptionsFactory options = Objects.requireNonNull(backend.getRocksDBOptions());

    try (ColumnFamilyOptions columns =
        options.createColumnOptions(new ColumnFamilyOptions(), new ArrayList<>())) {
      assertThat(columns.ttl()).isEqualTo(7_200);
    }
  }
}
