package io.realmstream.deploy.cli.models;

import picocli.CommandLine.Command;

/** {@code realm model}: fetches models that do not come with the jobs. */
@Command(
    name = "model",
    description = "Fetch models that do not come with the jobs.",
    mixinStandardHelpOptions = true,
    subcommands = InstallCommand.class,
    synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {}
