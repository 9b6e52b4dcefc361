package io.realmstream.deploy.wikipedia.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.wikipedia.feed.Glance;
import io.realmstream.deploy.wikipedia.live.FeedScope.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedScopeTest {
  private final FeedScope scope = new FeedScope(Set.of("enwiki", "dewiki"), Set.of(0, 4));

  @Test
  void wikisAndNamespacesThatAreAskedForPass() {
    assertThat(verdict("enwiki", 1L, 0, null)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("dewiki", 1L, 4, null)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("frwiki", 1L, 0, null)).isEqualTo(Verdict.OTHER_WIKI);
    assertThat(verdict("enwiki", 1L, 1, null)).isEqualTo(Verdict.OTHER_NAMESPACE);
  }

  @Test
  void pageThatLeavesANamespaceThatIsAskedForPasses() {
    assertThat(verdict("enwiki", 1L, 118, 0)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("enwiki", 1L, 0, 118)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("enwiki", 1L, 118, 2)).isEqualTo(Verdict.OTHER_NAMESPACE);
  }

  @Test
  void whatCannotBeReadIsPassedOnToBecomeADeadLetter() {
    assertThat(verdict(null, 1L, 0, null)).isEqualTo(Verdict.UNREADABLE);
    assertThat(verdict("enwiki", null, 0, null)).isEqualTo(Verdict.UNREADABLE);
    assertThat(verdict("enwiki", 1L, null, null)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("frwiki", null, 0, null)).isEqualTo(Verdict.OTHER_WIKI);
    assertThat(Verdict.UNREADABLE.isPassedOn()).isTrue();
  }

  @Test
  void canaryOfAnyWikiGoesNoFurther() {
    assertThat(scope.verdict(new Glance("enwiki", 1L, 0, null, null, true, null)))
        .isEqualTo(Verdict.CANARY);
    assertThat(Verdict.CANARY.isPassedOn()).isFalse();
  }

  @Test
  void noNamespaceMeansAll() {
    FeedScope all = new FeedScope(Set.of("enwiki"), Set.of());
    assertThat(all.verdict(new Glance("enwiki", 1L, 77, null, null, false, null)))
        .isEqualTo(Verdict.PASSED);
  }

  private Verdict verdict(
      @Nullable String wiki,
      @Nullable Long pageId,
      @Nullable Integer namespace,
      @Nullable Integer prior) {
    return scope.verdict(new Glance(wiki, pageId, namespace, prior, null, false, null));
  }
}
