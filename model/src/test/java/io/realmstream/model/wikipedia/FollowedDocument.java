package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

/** The document of one page, as a follower's decisions make it. */
final class FollowedDocument {
  PageState state = PageState.NOTHING;
  private String text = "";
  private long revision = -1;

  Decision take(Statement statement) {
    Decision decision = Said.TABLE.decide(state, statement);
    state = decision.next();
    switch (decision.action()) {
      case NOTHING -> assertThat(state.documentRevision()).isEqualTo(revision);
      case DELETE, PURGE -> text = "";
      case PUBLISH, PURGE_AND_PUBLISH -> text = state.title() + ": " + state.contentHash();
    }
    if (decision.action() != Action.NOTHING) {
      assertThat(state.documentRevision()).isGreaterThan(revision);
      revision = state.documentRevision();
    }
    return decision;
  }

  /** Title and text, or nothing. */
  String shown() {
    return text;
  }
}
