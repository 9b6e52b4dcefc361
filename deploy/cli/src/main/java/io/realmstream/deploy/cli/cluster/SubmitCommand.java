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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          + " Flink, with its restart, and for speed `--add-modules=jdk.incubator.vector"
          + " -XX:+UseTransparentHugePages` added to env.java.opts.all. The broker needs its"
          + " topics: see `realm topics create`. Publishes the default checkpoint if none was ever"
          + " published. Prints name and id of each job that began.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "To go on where a job was stopped: --job retriever --from SAVEPOINT. After the loss of a"
          + " JobManager: --resume DIR.",
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
              + " wikipedia if realm.wikipedia.contact is set, learner if realm.learning is; with"
              + " --retriever the retriever.")
  private @Nullable RealmJob job;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      description = "Savepoint or checkpoint to restore --job from (default: begin empty).")
  private @Nullable String savepoint;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "The cluster's folder of checkpoints, if this machine has it. Each job gets the same id"
              + " every time, and goes on from its newest checkpoint there. A job without one begins"
              + " empty only if it has never read its topics.")
  private @Nullable Path checkpoints;

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
    Connection connection = kafka.connect();
    check(connection.topics());
    checkSecrets(connection);
    Topics topics = connection.topics();
    connection.require(
        topics.documents(),
        topics.documentStatus(),
        topics.retrieverCheckpoints(),
        topics.indexVersions(),
        topics.partitions(),
        topics.passageVectors(),
        topics.queries(),
        topics.answers(),
        topics.freshness(),
        topics.searchAgain(),
        topics.deadLetters());
    FlinkRest cluster = new FlinkRest(flink, PATIENCE);
    JobSubmission submission = new JobSubmission(cluster, connection, settings);
    List<RealmJob> jobs = jobs(topics);
    if (jobs.contains(RealmJob.WIKIPEDIA)) {
      connection.require(topics.wikipediaEvents(), topics.wikipediaOutcomes());
    }
    if (jobs.contains(RealmJob.LEARNER)) {
      connection.require(topics.learningStatus(), topics.republications(), topics.feedback());
    }
    List<RealmJob> absent = new ArrayList<>(jobs);
    if (checkpoints != null) { // may be given again after one that broke off
      absent.removeIf(job -> tellIfPresent(job, submission));
    }
    new SignsOfLife(connection).requireNone(absent);
    absent.forEach(submission::requireAbsent);
    if (checkpoints == null) {
      begin(absent, submission, topics);
    } else {
      resume(absent, submission, new Resumption(checkpoints, connection));
    }
    // behind what may be refused, which changes nothing
    publish(connection);
    return ExitCode.OK;
  }

  private void begin(List<RealmJob> jobs, JobSubmission submission, Topics topics)
      throws InterruptedException {
    for (RealmJob each : jobs) {
      String id = submission.submit(each, parallelism, savepoint, null);
      if (savepoint != null) {
        submission.requireRestored(each, id, savepoint);
      }
      print(each.jobName(topics), id);
    }
  }

  private boolean tellIfPresent(RealmJob job, JobSubmission submission) {
    Optional<String> presence = submission.presence(job);
    presence.ifPresent(streams.err()::println);
    return presence.isPresent();
  }

  /** All are known to have a beginning before the first is submitted. */
  private void resume(List<RealmJob> jobs, JobSubmission submission, Resumption resumption)
      throws InterruptedException {
    Map<RealmJob, @Nullable String> beginnings = new EnumMap<>(RealmJob.class);
    for (RealmJob each : jobs) {
      beginnings.put(each, resumption.checkpoint(each));
    }
    for (RealmJob each : jobs) {
      String beginning = beginnings.get(each);
      String name = resumption.name(each);
      streams.err().println(name + (beginning == null ? " begins" : " resumes from " + beginning));
      print(name, submission.submit(each, parallelism, beginning, Resumption.id(name)));
    }
  }

  private List<RealmJob> jobs(Topics topics) {
    if (!topics.retriever().isEmpty()) {
      return List.of(RealmJob.RETRIEVER);
    }
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

  private void check(Topics topics) {
    boolean isFirst = topics.retriever().isEmpty();
    if (!isFirst && job != null && job != RealmJob.RETRIEVER) {
      throw CommandFailure.usage("--retriever is of --job retriever: retrievers share the others");
    }
    if (settings.containsKey(RealmOptions.RETRIEVER.key())) {
      throw CommandFailure.usage("--retriever names a retriever, not --set");
    }
    if (savepoint != null && job == null && isFirst) {
      throw CommandFailure.usage("--from needs --job: each job has savepoints of its own");
    }
    if (savepoint != null && checkpoints != null) {
      throw CommandFailure.usage("--from and --resume each say where a job goes on: give one");
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

  private void print(String name, String id) {
    streams.out().println(json ? Json.line(new Begun(name, id)) : Page.columns(name, id));
  }
}
