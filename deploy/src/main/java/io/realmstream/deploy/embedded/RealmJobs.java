package io.realmstream.deploy.embedded;

import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** The jobs of the embedded run. */
public final class RealmJobs {
  private RealmJobs() {}

  /** Both jobs with these settings. */
  public static List<EmbeddedJob> of(Configuration settings) {
    return List.of(
        new EmbeddedJob("KnowledgeUpdater", settings, KnowledgeUpdater::build),
        new EmbeddedJob("KnowledgeRetriever", settings, KnowledgeRetriever::build));
  }
}
