package io.realmstream.jobs.state;

import io.realmstream.model.state.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** A value in Flink's state, under the Flink key that is current. */
public record StateValue<T>(ValueState<T> state) implements Value<T> {
  /** A value of that name in the state of an operator. */
  public static <T> StateValue<T> of(RuntimeContext context, String name, Class<T> type) {
    return new StateValue<>(context.getState(new ValueStateDescriptor<>(name, type)));
  }

  @Override
  public @Nullable T get() {
    try {
      return state.value();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void set(@Nullable T value) {
    try {
      state.update(value);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What keeps the backend from answering ends the task, whatever it is. */
  private static UncheckedIOException broken(IOException cause) {
    return new UncheckedIOException("keyed state does not answer", cause);
  }
}
