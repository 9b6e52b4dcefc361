package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/** The document of one page, as a follower's decisions make it. */
final class FollowedDocument {
  PageState state = PageState.NOTHING;
  private String text = "";
  private long revision = -1;

  /** Revisions of the page whose texts were published since the last purge. */
  final Set<Long> handedOut = new HashSet<>();

  Decision take(Statement statement) {
    Decision decision = Said.TABLE.decide(state, statement);
    state = decision.next();
    if (decision.action().purges()) {
      handedOut.clear();
    }
    if (decision.action().publishes()) {
      handedOut.add(state.revision());
    }
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
