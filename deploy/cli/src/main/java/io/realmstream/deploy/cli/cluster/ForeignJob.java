package io.realmstream.deploy.cli.cluster;

import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;

/** A job that a foreign cluster can be given. */
enum ForeignJob {
  UPDATER(KnowledgeUpdater.class),
  RETRIEVER(KnowledgeRetriever.class);

  private final Class<?> main;

  ForeignJob(Class<?> main) {
    this.main = main;
  }

  /** The class whose main method draws the job. */
  String entryClass() {
    return main.getName();
  }

  /** What Flink calls it. */
  String jobName() {
    return main.getSimpleName();
  }
}
