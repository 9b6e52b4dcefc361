package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.KnowledgeUpdater;
import org.junit.jupiter.api.Test;

class RealmJobTest {
  @Test
  void aJobIsNamedByItsClassAndItsGroupsByTheTopics() {
    assertThat(RealmJob.UPDATER.jobName()).isEqualTo("KnowledgeUpdater");
    assertThat(RealmJob.UPDATER.entryClass()).isEqualTo(KnowledgeUpdater.class.getName());
    assertThat(RealmJob.RETRIEVER.jobName()).isEqualTo("KnowledgeRetriever");
    assertThat(RealmJob.RETRIEVER.group("mine")).isEqualTo("mine-retriever-");
  }
}
