package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.HttpAddressConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.CheckpointPublication;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.json.Json;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.learner.learn.LearnSettings;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.wikipedia.site.Contact;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm submit}: the jobs onto a Flink cluster that somebody else runs. */
@Command(
    name = "submit",
    description = {
      "Run the jobs on a Flink cluster.",
      "The cluster needs the jars of jobs/target/flink-lib in the folder lib of every machine's"
          + " Flink, with its restart, and `env.java.opts.all: --add-modules jdk.incubator.vector"
          + " -XX:+UseTransparentHugePages` for speed. The broker needs its topics: see `realm"
          + " topics create`. Publishes the default checkpoint if none was ever published. Prints"
          + " name and id of each job that began.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "To go on where a job was stopped: --job retriever --from SAVEPOINT.",
      "Example: realm submit --flink http://flink:8081 --bootstrap-servers kafka-1:9092"
    })
public final class SubmitCommand implements Callable<Integer> {
  /** A job's graph is drawn inside a request, which asks Kafka for its topics. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A job that runs, as JSON. */
  private record Begun(String job, String id) {}

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--flink",
      required = true,
      paramLabel = "URL",
      converter = HttpAddressConverter.class,
      description = "The cluster's REST interface, which is its dashboard's address.")
  private String flink = "";

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description =
          "Only this one: updater, retriever, wikipedia or learner. Default: the first two,"
              + " wikipedia if realm.wikipedia.contact is set, learner if realm.learning is.")
  private @Nullable RealmJob job;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      description = "Savepoint or checkpoint to restore --job from (default: begin empty).")
  private @Nullable String savepoint;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator (default: the cluster's parallelism.default).")
  @Range(min = 1)
  private @Nullable Integer parallelism;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Checkpoint to publish unless it is the newest already: e5, minilm, bge.")
  private @Nullable String model;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A setting of the jobs, for instance realm.shards=128, or of Flink. May be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--allow-plain-secrets",
      description =
          "Submit although a password stands in the settings as it is: Flink then has it among the"
              + " job's arguments.")
  private boolean plainSecrets;

  @Option(names = "--json", description = "Print each job as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    check();
    Connection connection = kafka.connect();
    checkSecrets(connection);
    Topics topics = connection.topics();
    connection.require(
        topics.documents(),
        topics.documentStatus(),
        topics.retrieverCheckpoints(),
        topics.indexVersions(),
        topics.passageVectors(),
        topics.queries(),
        topics.answers(),
        topics.freshness(),
        topics.searchAgain(),
        topics.deadLetters());
    FlinkRest cluster = new FlinkRest(flink, PATIENCE);
    JobSubmission submission =
        new JobSubmission(cluster, connection, kafka.topicPrefix(), settings);
    List<RealmJob> jobs = jobs();
    if (jobs.contains(RealmJob.WIKIPEDIA)) {
      connection.require(topics.wikipediaEvents(), topics.wikipediaOutcomes());
    }
    if (jobs.contains(RealmJob.LEARNER)) {
      connection.require(topics.learningStatus(), topics.republications());
    }
    new SignsOfLife(connection).requireNone(jobs);
    jobs.forEach(submission::requireAbsent);
    publish(connection);
    for (RealmJob each : jobs) {
      print(each, submission.submit(each, parallelism, savepoint));
    }
    return ExitCode.OK;
  }

  private List<RealmJob> jobs() {
    Configuration own = Configuration.fromMap(settings);
    List<RealmJob> jobs = job == null ? RealmJob.wanted(own) : List.of(job);
    if (jobs.contains(RealmJob.WIKIPEDIA)) {
      try {
        new Contact(own.get(WikipediaOptions.CONTACT));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--set realm.wikipedia.contact: " + e.getMessage());
      }
    }
    if (jobs.contains(RealmJob.LEARNER)) {
      try {
        var unused = LearnSettings.of(own);
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--set: " + e.getMessage());
      }
    }
    return jobs;
  }

  private void check() {
    if (savepoint != null && job == null) {
      throw CommandFailure.usage("--from needs --job: each job has savepoints of its own");
    }
    if (model != null && !DefaultCheckpoints.NAMES.contains(model)) {
      throw CommandFailure.usage("--model must be one of " + DefaultCheckpoints.NAMES);
    }
  }

  private void checkSecrets(Connection connection) {
    Map<String, Object> all = new LinkedHashMap<>(connection.settings());
    all.putAll(Configuration.fromMap(settings).get(RealmOptions.KAFKA));
    List<String> undeclared = PlainSecrets.undeclaredProviders(all);
    if (!undeclared.isEmpty()) {
      throw CommandFailure.usage(
          "--kafka-config refers to providers that its config.providers does not name: "
              + undeclared);
    }
    settings.forEach(
        (name, value) -> {
          if (!name.equals(RealmOptions.KAFKA.key())) {
            all.put(name, value);
          }
        });
    List<String> plain = PlainSecrets.in(all);
    if (!plain.isEmpty() && !plainSecrets) {
      throw CommandFailure.usage(
          "a secret in plain text would become an argument of the job: "
              + plain
              + "; refer to it by a config provider of Kafka, ${file:PATH:KEY} for instance, or add"
              + " --allow-plain-secrets");
    }
  }

  private void publish(Connection connection) throws InterruptedException {
    try {
      if (new CheckpointPublication(connection).publish(model)) {
        streams.err().println("published checkpoint " + (model == null ? "e5" : model));
      }
    } catch (ExecutionException e) {
      throw CommandFailure.failed("the checkpoint cannot be published: " + e.getCause());
    }
  }

  private void print(RealmJob begun, String id) {
    String name = begun.jobName();
    streams.out().println(json ? Json.line(new Begun(name, id)) : Page.columns(name, id));
  }
}
