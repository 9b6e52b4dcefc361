package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.MemtableFilters;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

class JobSettingsTest {
  @Test
  void writeBuffersHaveFiltersToo() {
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend()
            .configure(JobSettings.configuration(), getClass().getClassLoader());

    assertThat(backend.getRocksDBOptions()).isInstanceOf(MemtableFilters.class);
  }
}
