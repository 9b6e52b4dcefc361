package io.realmstream.jobs.state;

import io.realmstream.model.state.Table;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.jspecify.annotations.Nullable;

/** A table in Flink's map state, under the Flink key that is current. */
public record StateTable<K, V>(MapState<K, V> state) implements Table<K, V> {
  /** A table of that name in the state of an operator. */
  public static <K, V> StateTable<K, V> of(
      RuntimeContext context, String name, Class<K> key, Class<V> value) {
    return new StateTable<>(context.getMapState(new MapStateDescriptor<>(name, key, value)));
  }

  /**
   * A table in the state of an operator, each entry of which is forgotten a while after a write.
   */
  public static <K, V> StateTable<K, V> forgetting(
      RuntimeContext context, MapStateDescriptor<K, V> descriptor, Duration ttl) {
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(ttl).build());
    return new StateTable<>(context.getMapState(descriptor));
  }

  @Override
  public @Nullable V get(K key) {
    try {
      return state.get(key);
    } catch (Exception e) {
      throw broken(e);
    }
  }

  @Override
  public void put(K key, V value) {
    try {
      state.put(key, value);
    } catch (Exception e) {
      throw broken(e);
    }
  }

  @Override
  public boolean contains(K key) {
    try {
      return state.contains(key);
    } catch (Exception e) {
      throw broken(e);
    }
  }

  @Override
  public void remove(K key) {
    try {
      state.remove(key);
    } catch (Exception e) {
      throw broken(e);
    }
  }

  @Override
  public Iterator<K> keys() {
    try {
      return state.keys().iterator();
    } catch (Exception e) {
      throw broken(e);
    }
  }

  @Override
  public Iterator<Map.Entry<K, V>> entries() {
    try {
      return state.entries().iterator();
    } catch (Exception e) {
      throw broken(e);
    }
  }

  /** What keeps the backend from answering ends the task, whatever it is. */
  private static IllegalStateException broken(Exception cause) {
    return new IllegalStateException("keyed state does not answer", cause);
  }
}
