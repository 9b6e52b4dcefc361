package io.realmstream.deploy.cli.cluster;

import picocli.CommandLine.Command;

/** {@code realm cluster}: a cluster of processes on this machine. */
@Command(
    name = "cluster",
    description =
        "Run a broker, a JobManager and TaskManagers as processes of their own on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterUpCommand.class,
      ClusterStatusCommand.class,
      ClusterStartCommand.class,
      ClusterDownCommand.class
    })
public final class ClusterCommand {}
