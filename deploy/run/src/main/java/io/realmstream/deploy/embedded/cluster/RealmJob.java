package io.realmstream.deploy.embedded.cluster;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.learner.RetrieverLearner;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.jobs.wikipedia.WikipediaFollower;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs of a knowledge base. */
public enum RealmJob {
  UPDATER(KnowledgeUpdater.class),
  RETRIEVER(KnowledgeRetriever.class),
  /** Runs where a contact is set. */
  WIKIPEDIA(WikipediaFollower.class),
  /** Runs where the retriever learns. */
  LEARNER(RetrieverLearner.class);

  private final Class<?> main;

  RealmJob(Class<?> main) {
    this.main = main;
  }

  /** Lays a job's graph into an environment. */
  @FunctionalInterface
  public interface Topology {
    void build(StreamExecutionEnvironment environment, Configuration settings) throws Exception;
  }

  /** Those that run with these settings. */
  public static List<RealmJob> wanted(ReadableConfig settings) {
    List<RealmJob> wanted = new ArrayList<>(List.of(UPDATER, RETRIEVER));
    if (!settings.get(WikipediaOptions.CONTACT).isEmpty()) {
      wanted.add(WIKIPEDIA);
    }
    if (settings.get(LearningOptions.ENABLED)) {
      wanted.add(LEARNER);
    }
    return wanted;
  }

  /** What Flink calls it; of retrievers, the first one. */
  public String jobName() {
    return main.getSimpleName();
  }

  /** What Flink calls the one that works on these topics. */
  public String jobName(Topics topics) {
    return this == RETRIEVER ? KnowledgeRetriever.name(topics) : jobName();
  }

  /** The class whose main method runs it. */
  public String entryClass() {
    return main.getName();
  }

  /** What the consumer groups of its sources begin with. */
  public String group(Topics topics) {
    return topics.group(name().toLowerCase(Locale.ROOT) + "-");
  }

  public Topology topology() {
    return switch (this) {
      case UPDATER -> KnowledgeUpdater::build;
      case RETRIEVER -> KnowledgeRetriever::build;
      case WIKIPEDIA -> WikipediaFollower::build;
      case LEARNER -> RetrieverLearner::build;
    };
  }
}
