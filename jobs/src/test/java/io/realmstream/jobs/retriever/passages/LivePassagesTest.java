package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.state.Table;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LivePassagesTest {
  private static final int SHARDS = 2;

  private final ByShard state = new ByShard();
  private final Map<String, InterceptingOperatorMetricGroup> versions = new HashMap<>();
  private final LivePassages live = started();

  @Test
  void gaugeOfAVersionIsTheSumOfItsShards() {
    add(0, 1, 5);
    add(1, 1, 7);
    add(0, 2, 3);

    assertThat(passages(1)).isEqualTo(12);
    assertThat(passages(2)).isEqualTo(3);
  }

  @Test
  void differencesAddUpInTheState() {
    add(0, 1, 5);
    add(0, 1, -2);

    assertThat(passages(1)).isEqualTo(3);
    assertThat(state.get(1)).isEqualTo(3);
  }

  @Test
  void forgottenVersionOfAShardCountsNoMore() {
    add(0, 1, 5);
    add(1, 1, 7);
    state.shard = 0;
    live.forget(0, 1);

    assertThat(passages(1)).isEqualTo(7);
    assertThat(state.get(1)).isNull();
    add(0, 1, 2);
    assertThat(passages(1)).isEqualTo(9);
  }

  @Test
  void restoredStateIsUnknownUntilEachShardIsLoadedAndCountedThen() {
    add(0, 1, 5);
    add(0, 2, 3);
    add(1, 1, 7);
    versions.clear();
    LivePassages restored = started();
    restored.load(state.at(0));

    assertThat(passages(1)).isEqualTo(-1);
    assertThat(passages(2)).isEqualTo(-1);
    restored.load(state.at(1));
    assertThat(passages(1)).isEqualTo(12);
    assertThat(passages(2)).isEqualTo(3);
  }

  @Test
  void whatIsKnownOfAShardIsNotLoadedAgain() {
    add(0, 1, 5);
    state.put(1, 99L);
    live.load(0);

    assertThat(passages(1)).isEqualTo(5);
  }

  private LivePassages started() {
    InterceptingOperatorMetricGroup metrics =
        new InterceptingOperatorMetricGroup() {
          @Override
          public MetricGroup addGroup(String name) {
            return this;
          }

          @Override
          public MetricGroup addGroup(String key, String value) {
            assertThat(key).isEqualTo("version");
            assertThat(versions).as("one gauge a version").doesNotContainKey(value);
            InterceptingOperatorMetricGroup version = new InterceptingOperatorMetricGroup();
            versions.put(value, version);
            return version;
          }
        };
    return new LivePassages(state, new OperatorMetrics(metrics), SHARDS);
  }

  /** The other shard has been loaded, too. */
  private void add(int shard, int version, int difference) {
    for (int each = 0; each < SHARDS; each++) {
      live.load(state.at(each));
    }
    live.add(state.at(shard), version, difference);
  }

  private long passages(int version) {
    InterceptingOperatorMetricGroup group =
        Objects.requireNonNull(versions.get(String.valueOf(version)));
    return ((Number) ((Gauge<?>) Objects.requireNonNull(group.get("passages"))).getValue())
        .longValue();
  }

  /** Flink's keyed state: what it shows is the current shard's. */
  private static final class ByShard implements Table<Integer, Long> {
    int shard;
    private final Map<Integer, Map<Integer, Long>> shards = new HashMap<>();

    /** Makes a shard the current one. */
    int at(int next) {
      shard = next;
      return next;
    }

    private Map<Integer, Long> current() {
      return shards.computeIfAbsent(shard, any -> new HashMap<>());
    }

    @Override
    public @Nullable Long get(Integer key) {
      return current().get(key);
    }

    @Override
    public void put(Integer key, Long value) {
      current().put(key, value);
    }

    @Override
    public boolean contains(Integer key) {
      return current().containsKey(key);
    }

    @Override
    public void remove(Integer key) {
      current().remove(key);
    }

    @Override
    public Iterator<Integer> keys() {
      return current().keySet().iterator();
    }

    @Override
    public Iterator<Map.Entry<Integer, Long>> entries() {
      return current().entrySet().iterator();
    }
  }
}
