package io.realmstream.model.state;

import org.jspecify.annotations.Nullable;

/** One value in keyed state: in the jobs Flink's, in tests the heap. */
public interface Value<T> {
  /** The value; null = there is none. */
  @Nullable T get();

  /** Sets the value; null removes it. */
  void set(@Nullable T value);
}
