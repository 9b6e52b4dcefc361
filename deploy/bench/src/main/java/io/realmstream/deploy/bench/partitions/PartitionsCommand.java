package io.realmstream.deploy.bench.partitions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a partition costs a subtask of {@code assign} or {@code route}. */
@Command(
    name = "partitions",
    mixinStandardHelpOptions = true,
    description = {
      "Takes synthetic partitions off their records as a subtask of assign or route does: bytes of",
      "state, which is written whole in every checkpoint; time on the task's thread, in all and"
          + " the",
      "longest piece; and the time beside it until the partition can be used."
    })
public final class PartitionsCommand implements Callable<Integer> {
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--cells",
      paramLabel = "COUNT",
      split = ",",
      defaultValue = "10000,100000",
      description =
          "Cells of each partition: 10,000 divide 1,000,000 passages, 100,000 up to 13,000,000."
              + " Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private List<Integer> cells = List.of();

  @Option(
      names = "--dimension",
      paramLabel = "COUNT",
      defaultValue = "384",
      description = "Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int dimension;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = streams.out();
    for (int count : cells) {
      out.println(PartitionsBench.run(count, dimension).line());
      out.flush();
    }
    return ExitCode.OK;
  }
}
