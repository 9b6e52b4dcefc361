package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.learning.feedback.LiveFeedback;
import io.realmstream.model.learning.live.LivePassages;
import io.realmstream.model.state.Table;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** The metrics of the learn operator, as it registers them. */
public final class LearnedNames {
  private LearnedNames() {}

  public static void register(MetricGroup group) {
    LearnMetrics metrics = new LearnMetrics(new OperatorMetrics(group));
    metrics.register(
        new LivePassages(new LivePassages.Tables(new Empty<>(), new Empty<>(), new Empty<>()), 1));
    metrics.register(new LiveFeedback(new Empty<>(), 1));
    metrics.register(() -> 0);
    metrics.held(() -> 0);
  }

  private static final class Empty<K, V> implements Table<K, V> {
    @Override
    public @Nullable V get(K key) {
      return null;
    }

    @Override
    public void put(K key, V value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(K key) {
      return false;
    }

    @Override
    public void remove(K key) {}

    @Override
    public Iterator<K> keys() {
      return List.<K>of().iterator();
    }

    @Override
    public Iterator<Map.Entry<K, V>> entries() {
      return List.<Map.Entry<K, V>>of().iterator();
    }
  }
}
