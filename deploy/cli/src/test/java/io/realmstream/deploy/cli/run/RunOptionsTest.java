package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class RunOptionsTest {
  @Command
  private static final class Up {
    @Mixin private final RunOptions options = new RunOptions();
  }

  private static RunOptions parsed(String... arguments) {
    Up up = new Up();
    new CommandLine(up).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return up.options;
  }

  @Test
  void withoutAWikiNoneIsFollowed() {
    Configuration settings = new Configuration();
    assertThat(parsed().jobs(settings))
        .extracting(EmbeddedJob::name)
        .containsExactly("KnowledgeUpdater", "KnowledgeRetriever");
    assertThat(parsed().arguments()).doesNotContain("--wiki");
  }

  @Test
  void wikisAreFollowedAlsoByAProcessInTheBackground() {
    RunOptions first =
        parsed("--wiki=enwiki,dewiki", "--contact=you@example.org", "--settle=0", "--hold=90");
    RunOptions again = parsed(first.arguments().toArray(String[]::new));
    for (RunOptions options : new RunOptions[] {first, again}) {
      Configuration settings = new Configuration();
      assertThat(options.jobs(settings))
          .extracting(EmbeddedJob::name)
          .containsExactly("KnowledgeUpdater", "KnowledgeRetriever", "WikipediaFollower");
      assertThat(settings.get(WikipediaOptions.WIKIS)).containsExactly("enwiki", "dewiki");
      assertThat(settings.get(WikipediaOptions.CONTACT)).isEqualTo("you@example.org");
      assertThat(settings.get(WikipediaOptions.SETTLE)).isZero();
      assertThat(settings.get(WikipediaOptions.HOLD)).hasMinutes(90);
    }
  }

  @Test
  void aTextSettlesForFiveSecondsAndIsNotHeldUnlessSomebodyAsks() {
    Configuration settings = new Configuration();
    parsed("--wiki", "enwiki", "--contact", "you@example.org").jobs(settings);
    assertThat(settings.get(WikipediaOptions.SETTLE))
        .isEqualTo(WikipediaOptions.SETTLE.defaultValue());
    assertThat(settings.get(WikipediaOptions.HOLD)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, ''",
    "--discard-state, true, ''",
    "--discard-state=all, true, ''",
    "--discard-state=updater, false, KnowledgeUpdater",
    "--discard-state=retriever, false, KnowledgeRetriever"
  })
  void stateIsDiscardedOfAllJobsOrOfOneAlsoByAProcessInTheBackground(
      String argument, boolean all, String alone) {
    RunOptions first = argument.isEmpty() ? parsed() : parsed(argument);
    RunOptions again = parsed(first.arguments().toArray(String[]::new));
    for (RunOptions options : new RunOptions[] {first, again}) {
      assertThat(options.settings().discardState()).isEqualTo(all);
      assertThat(options.jobs(new Configuration()))
          .filteredOn(EmbeddedJob::discardsState)
          .extracting(EmbeddedJob::name)
          .isEqualTo(alone.isEmpty() ? List.of() : List.of(alone));
    }
  }

  @Test
  void theRetrieverLearnsAlsoInAProcessInTheBackground() {
    RunOptions again = parsed(parsed("--learn").arguments().toArray(String[]::new));
    Configuration settings = new Configuration();
    assertThat(again.jobs(settings))
        .extracting(EmbeddedJob::name)
        .containsExactly("KnowledgeUpdater", "KnowledgeRetriever", "RetrieverLearner");
    assertThat(settings.get(LearningOptions.ENABLED)).isTrue();
    assertThat(parsed().arguments()).doesNotContain("--learn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--wiki enwiki",
        "--contact you@example.org",
        "--hold 5",
        "--wiki enwiki --contact me",
        "--wiki EnWiki! --contact you@example.org"
      })
  void halfARequestIsRefused(String arguments) {
    assertThatThrownBy(() -> parsed(arguments.split(" "))).isInstanceOf(ParameterException.class);
  }
}
