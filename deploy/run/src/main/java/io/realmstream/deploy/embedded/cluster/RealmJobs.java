package io.realmstream.deploy.embedded.cluster;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** The jobs of the embedded run. */
public final class RealmJobs {
  private RealmJobs() {}

  /** Both jobs with these settings. */
  public static List<EmbeddedJob> of(Configuration settings) {
    String prefix = settings.get(RealmOptions.TOPIC_PREFIX);
    return List.of(
        new EmbeddedJob(
            "KnowledgeUpdater", prefix + "-updater-", settings, KnowledgeUpdater::build),
        new EmbeddedJob(
            "KnowledgeRetriever", prefix + "-retriever-", settings, KnowledgeRetriever::build));
  }
}
