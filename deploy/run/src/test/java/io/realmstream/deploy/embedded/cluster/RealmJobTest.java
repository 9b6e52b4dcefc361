package io.realmstream.deploy.embedded.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.jobs.wikipedia.WikipediaFollower;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.Topics;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class RealmJobTest {
  @Test
  void aJobIsNamedByItsClassAndItsGroupsByTheTopics() {
    assertThat(RealmJob.UPDATER.jobName()).isEqualTo("KnowledgeUpdater");
    assertThat(RealmJob.UPDATER.entryClass()).isEqualTo(KnowledgeUpdater.class.getName());
    assertThat(RealmJob.RETRIEVER.jobName()).isEqualTo("KnowledgeRetriever");
    assertThat(RealmJob.RETRIEVER.group(new Topics("mine"))).isEqualTo("mine-retriever-");
  }

  @Test
  void aRetrieverBesideTheFirstHasANameAndGroupsOfItsOwn() {
    Topics second = new Topics("mine", "second");
    assertThat(RealmJob.RETRIEVER.jobName(second)).isEqualTo("KnowledgeRetriever-second");
    assertThat(RealmJob.RETRIEVER.group(second)).isEqualTo("mine-second-retriever-");
    assertThat(RealmJob.UPDATER.jobName(second)).isEqualTo("KnowledgeUpdater");
    assertThat(RealmJob.UPDATER.group(second)).isEqualTo("mine-updater-");
  }

  @Test
  void aWikiIsFollowedWhereAContactIsSet() {
    Configuration settings = new Configuration();
    assertThat(RealmJob.wanted(settings)).containsExactly(RealmJob.UPDATER, RealmJob.RETRIEVER);
    settings.set(WikipediaOptions.CONTACT, "you@example.org");
    assertThat(RealmJob.wanted(settings))
        .containsExactly(RealmJob.UPDATER, RealmJob.RETRIEVER, RealmJob.WIKIPEDIA);
    assertThat(RealmJob.WIKIPEDIA.entryClass()).isEqualTo(WikipediaFollower.class.getName());
  }

  @Test
  void theRetrieverLearnsWhereThatIsSet() {
    Configuration settings = new Configuration();
    settings.set(LearningOptions.ENABLED, true);
    assertThat(RealmJob.wanted(settings))
        .containsExactly(RealmJob.UPDATER, RealmJob.RETRIEVER, RealmJob.LEARNER);
    assertThat(RealmJob.LEARNER.jobName()).isEqualTo("RetrieverLearner");
    assertThat(RealmJob.LEARNER.group(new Topics("realm"))).isEqualTo("realm-learner-");
  }
}
