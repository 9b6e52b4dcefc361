package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.model.wikipedia.PageState;
import java.io.IOException;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/** What the operator remembers of the page whose key is set. */
final class PagesState {
  private static final ValueStateDescriptor<PageState> PAGE =
      new ValueStateDescriptor<>("page", PageState.class);
  private static final ValueStateDescriptor<WaitingText> WAITING =
      new ValueStateDescriptor<>("waiting", WaitingText.class);
  private static final ValueStateDescriptor<PublishedText> PUBLISHED =
      new ValueStateDescriptor<>("published", PublishedText.class);

  private final ValueState<PageState> page;
  private final ValueState<WaitingText> waiting;
  private final ValueState<PublishedText> published;

  PagesState(RuntimeContext context) {
    page = context.getState(PAGE);
    waiting = context.getState(WAITING);
    published = context.getState(PUBLISHED);
  }

  PageState page() throws IOException {
    return Objects.requireNonNullElse(page.value(), PageState.NOTHING);
  }

  void page(PageState next) throws IOException {
    page.update(next);
  }

  @Nullable WaitingText waiting() throws IOException {
    return waiting.value();
  }

  void waiting(@Nullable WaitingText next) throws IOException {
    if (next == null) {
      waiting.clear();
    } else {
      waiting.update(next);
    }
  }

  @Nullable PublishedText published() throws IOException {
    return published.value();
  }

  void published(@Nullable PublishedText next) throws IOException {
    if (next == null) {
      published.clear();
    } else {
      published.update(next);
    }
  }

  /** Shows each page whose text waits. */
  static void forEachWaiting(
      KeyedStateBackend<String> backend, BiConsumer<String, WaitingText> action) throws Exception {
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WAITING,
        (key, state) -> action.accept(key, Objects.requireNonNull(state.value())));
  }
}
