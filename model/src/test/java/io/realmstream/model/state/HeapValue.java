package io.realmstream.model.state;

import org.jspecify.annotations.Nullable;

/** A value on the heap. */
public final class HeapValue<T> implements Value<T> {
  private @Nullable T value;

  @Override
  public @Nullable T get() {
    return value;
  }

  @Override
  public void set(@Nullable T value) {
    this.value = value;
  }
}
