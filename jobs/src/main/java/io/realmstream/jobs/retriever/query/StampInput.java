package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.schemas.query.FreshnessMark;
import org.jspecify.annotations.Nullable;

/** What every stamp must know, exactly one of the two: a step of the version log, or a mark. */
public record StampInput(@Nullable VersionStep step, @Nullable FreshnessMark mark) {
  public static StampInput of(VersionStep step) {
    return new StampInput(step, null);
  }

  public static StampInput of(FreshnessMark mark) {
    return new StampInput(null, mark);
  }
}
