package io.realmstream.model.onnx;

import java.util.ArrayDeque;
import java.util.Deque;

/** What an open model has to close, the last opened first; also when its opening fails halfway. */
public final class Closing implements AutoCloseable {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  /** Adds a step that {@link #close} runs before all earlier ones. */
  public void add(Runnable step) {
    steps.push(step);
  }

  @Override
  public void close() {
    steps.forEach(Runnable::run);
  }
}
