package io.realmstream.jobs.updater.documents;

import io.realmstream.model.state.Value;
import org.jspecify.annotations.Nullable;

/**
 * A value in Flink's state under one Flink key, whichever is current.
 *
 * @param value under the key that is current
 * @param key makes its own key the current one
 */
record KeyedValue<T>(Value<T> value, Runnable key) implements Value<T> {
  @Override
  public @Nullable T get() {
    key.run();
    return value.get();
  }

  @Override
  public void set(@Nullable T next) {
    key.run();
    value.set(next);
  }
}
