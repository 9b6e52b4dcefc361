package io.realmstream.deploy.bench.partitions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what partitions cost the threads of tasks. */
@Command(
    name = "partitions",
    mixinStandardHelpOptions = true,
    description = {
      "Takes synthetic partitions off their records as a subtask of assign or route does: bytes of",
      "state, which is written whole in every checkpoint; time on the task's thread, in all and"
          + " the",
      "longest piece; and the time beside it until the partition can be used.",
      "Then gathers a sample as partitions does before it trains, and forgets it: elapsed time on",
      "the task's thread, in all and the longest step."
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

  @Option(
      names = "--sample",
      paramLabel = "COUNT",
      defaultValue = "262144",
      description = "Passages of the sample. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int sample;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = streams.out();
    for (int count : cells) {
      out.println(PartitionsBench.run(count, dimension).line());
      out.flush();
    }
    out.println(SampleBench.run(sample, dimension).line());
    return ExitCode.OK;
  }
}
