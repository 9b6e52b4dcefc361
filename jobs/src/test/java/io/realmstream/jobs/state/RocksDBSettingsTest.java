package io.realmstream.jobs.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksDBSettingsTest {
  private static final byte[] KEY = "key".getBytes(US_ASCII);
  private static final String VALUE = "qzxjvkwp";

  @TempDir private Path directory = Path.of("unset");

  /** The value is in the last level, and its removal in the first: nothing else makes them meet. */
  @Test
  void removedValueLeavesTheFilesWithinTheBound() throws Exception {
    RocksDB.loadLibrary();
    Configuration settings = new Configuration();
    settings.set(RocksDBSettings.FORGET_WITHIN, Duration.ofSeconds(1));
    try (ColumnFamilyOptions columns =
            new RocksDBSettings()
                .configure(settings)
                .createColumnOptions(new ColumnFamilyOptions(), new ArrayList<>());
        DBOptions database = new DBOptions().setCreateIfMissing(true);
        Options options =
            new Options(database, columns).setCompressionType(CompressionType.NO_COMPRESSION);
        FlushOptions flush = new FlushOptions().setWaitForFlush(true);
        RocksDB state = RocksDB.open(options, directory.toString())) {
      state.put(KEY, VALUE.getBytes(US_ASCII));
      state.flush(flush);
      state.compactRange();
      state.delete(KEY);
      state.flush(flush);
      assertThat(isInAFile()).isTrue();

      await("the value to leave the files")
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> writeAndLook(state, flush));
    }
  }

  @Test
  void boundIsADayUnlessItIsSet() {
    try (ColumnFamilyOptions columns =
        new RocksDBSettings().createColumnOptions(new ColumnFamilyOptions(), List.of())) {
      assertThat(columns.ttl()).isEqualTo(86_400);
    }
  }

  private boolean writeAndLook(RocksDB state, FlushOptions flush) throws RocksDBException {
    state.put("other".getBytes(US_ASCII), new byte[1]);
    state.flush(flush);
    return !isInAFile();
  }

  private boolean isInAFile() {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .anyMatch(RocksDBSettingsTest::has);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(VALUE);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
