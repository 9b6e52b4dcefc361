package io.realmstream.deploy.bench;

import io.realmstream.deploy.bench.churn.ChurnCommand;
import io.realmstream.deploy.bench.faults.FaultsCommand;
import io.realmstream.deploy.bench.index.IndexCommand;
import io.realmstream.deploy.bench.overhead.OverheadCommand;
import io.realmstream.deploy.bench.partitions.PartitionsCommand;
import io.realmstream.deploy.bench.refresh.RefreshCommand;
import picocli.CommandLine.Command;

/** The benchmarks; each prints ratios of what it measured in one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the system on this machine.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      OverheadCommand.class,
      IndexCommand.class,
      ChurnCommand.class,
      RefreshCommand.class,
      PartitionsCommand.class,
      FaultsCommand.class
    })
public final class BenchCommand {}
