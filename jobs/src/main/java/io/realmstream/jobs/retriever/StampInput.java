package io.realmstream.jobs.retriever;

import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.version.VersionProposal;
import org.jspecify.annotations.Nullable;

/** What every stamp must know, exactly one of the two: a step of the version log, or a mark. */
public record StampInput(@Nullable VersionProposal proposal, @Nullable FreshnessMark mark) {
  static StampInput of(VersionProposal proposal) {
    return new StampInput(proposal, null);
  }

  static StampInput of(FreshnessMark mark) {
    return new StampInput(null, mark);
  }
}
