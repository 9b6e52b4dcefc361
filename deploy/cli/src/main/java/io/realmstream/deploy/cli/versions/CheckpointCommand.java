package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.versions.VersionProgress;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm checkpoint}: about checkpoints, before they are published. */
@Command(
    name = "checkpoint",
    description = "Look at retriever checkpoints before they are published.%n",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CheckpointCommand.Diff.class)
public final class CheckpointCommand {
  /** {@code realm checkpoint diff}. */
  @Command(
      name = "diff",
      description = {
        "Say which passages a change from one checkpoint to another touches, and what that costs.",
        "The cost is that of one thread of this machine, measured on a passage of about 100"
            + " words.%n"
      },
      mixinStandardHelpOptions = true)
  public static final class Diff implements Callable<Integer> {
    private static final int RUNS = 7;
    private static final String PASSAGE = "The lighthouse keeper counted the ships. ".repeat(16);

    @Mixin private final KafkaOptions kafka = new KafkaOptions();
    @Mixin private final Streams streams = new Streams();

    @Parameters(index = "0", paramLabel = "A", description = "In force: a manifest or e5, ...")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "The next one.")
    private String after = "";

    @Option(
        names = "--passages",
        paramLabel = "NUMBER",
        description = "How many there are. Default: as many as the knowledge base has.")
    @Range(min = 0)
    private @Nullable Long passages;

    @Option(
        names = "--models",
        paramLabel = "DIR",
        description = "Folder of verified model files (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of(System.getProperty("java.io.tmpdir"), "realmstream-models");

    @Override
    public Integer call() {
      RetrieverCheckpoint next = CheckpointSource.read(after);
      RefreshPlan plan = RefreshPlan.between(CheckpointSource.read(before), next);
      streams.out().println(plan + ": " + plan.reason());
      if (plan == RefreshPlan.EVERYTHING) {
        double millis = millisPerPassage(next);
        long count = passages == null ? passages() : passages;
        streams
            .out()
            .println(
                Page.format(
                    "%,d passages of about %.1f ms are %,.0f s of one thread",
                    count, millis, count * millis / 1000));
      }
      return ExitCode.OK;
    }

    private long passages() {
      Connection connection = kafka.connect();
      connection.require(connection.topics().documentStatus());
      return VersionProgress.read(connection).passages();
    }

    /** Median of some runs behind one that warms up. */
    private double millisPerPassage(RetrieverCheckpoint checkpoint) {
      PartCache cache = new PartCache(models, PartOpener.local(Diff.class.getClassLoader()));
      try (Encoder encoder = Encoder.open(checkpoint.documentTower(), cache)) {
        Samples millis = new Samples();
        for (int run = 0; run < RUNS; run++) {
          long start = System.nanoTime();
          encoder.embedPassage("", PASSAGE);
          millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis.median();
      } catch (CheckpointException | EmbeddingException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()));
      }
    }
  }
}
