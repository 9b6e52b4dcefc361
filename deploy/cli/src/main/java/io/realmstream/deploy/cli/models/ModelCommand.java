package io.realmstream.deploy.cli.models;

import picocli.CommandLine.Command;

/** {@code realm model}: model files of this machine. */
@Command(
    name = "model",
    description = "Fetch models that do not come with the jobs, or lay out those that do.",
    mixinStandardHelpOptions = true,
    subcommands = {InstallCommand.class, FilesCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {}
