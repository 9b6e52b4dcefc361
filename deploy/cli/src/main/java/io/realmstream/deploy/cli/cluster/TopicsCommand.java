package io.realmstream.deploy.cli.cluster;

import picocli.CommandLine.Command;

/** {@code realm topics}: the topics of a broker that somebody else runs. */
@Command(
    name = "topics",
    description = "Prepare the topics of a broker; `realm up` does so by itself.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TopicsCreateCommand.class)
public final class TopicsCommand {}
