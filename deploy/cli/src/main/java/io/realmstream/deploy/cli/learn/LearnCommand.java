package io.realmstream.deploy.cli.learn;

import io.realmstream.deploy.cli.learn.experiment.ExperimentCommand;
import io.realmstream.deploy.cli.learn.spectral.SpectralCommand;
import io.realmstream.deploy.cli.learn.status.LearnStatusCommand;
import picocli.CommandLine.Command;

/** {@code realm learn}: projection heads from a corpus and from questions. */
@Command(
    name = "learn",
    description = {
      "Learn projections of passages and questions.",
      "A projection stands behind the transformer, so that learning costs little, and a new one"
          + " touches no transformer: passages are projected again from what is stored.%n"
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ExperimentCommand.class, SpectralCommand.class, LearnStatusCommand.class})
public final class LearnCommand {}
