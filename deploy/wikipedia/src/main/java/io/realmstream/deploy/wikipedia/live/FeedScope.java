package io.realmstream.deploy.wikipedia.live;

import io.realmstream.deploy.wikipedia.feed.Glance;
import java.util.Set;

/**
 * Which events of a feed are passed on.
 *
 * @param wikis database names
 * @param namespaces numbers; empty = all
 */
public record FeedScope(Set<String> wikis, Set<Integer> namespaces) {
  /** What becomes of an event. */
  public enum Verdict {
    PASSED,
    /** It cannot be read; passed on, so that it becomes a dead letter. */
    UNREADABLE,
    CANARY,
    OTHER_WIKI,
    OTHER_NAMESPACE;

    /** Whether Kafka gets it. */
    boolean isPassedOn() {
      return this == PASSED || this == UNREADABLE;
    }
  }

  public FeedScope {
    wikis = Set.copyOf(wikis);
    namespaces = Set.copyOf(namespaces);
  }

  Verdict verdict(Glance glance) {
    if (glance.canary()) {
      return Verdict.CANARY;
    }
    if (glance.wiki() == null) {
      return Verdict.UNREADABLE;
    }
    if (!wikis.contains(glance.wiki())) {
      return Verdict.OTHER_WIKI;
    }
    if (glance.pageId() == null) {
      return Verdict.UNREADABLE;
    }
    return isElsewhere(glance) ? Verdict.OTHER_NAMESPACE : Verdict.PASSED;
  }

  /** Whether neither the namespace of the page nor the one that it was moved from is asked for. */
  private boolean isElsewhere(Glance glance) {
    return !namespaces.isEmpty()
        && glance.namespace() != null
        && !namespaces.contains(glance.namespace())
        && (glance.priorNamespace() == null || !namespaces.contains(glance.priorNamespace()));
  }
}
