package io.realmstream.deploy.cli.wikipedia;

import picocli.CommandLine.Command;

/** {@code realm wikipedia}: follows a wiki. */
@Command(
    name = "wikipedia",
    description = {
      "Follow Wikipedia, or another wiki of Wikimedia.",
      "The first three write what they learn to a topic, from which the job WikipediaFollower makes"
          + " documents. Start `live` first, then `import`, then `audit`.%n"
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LiveCommand.class,
      ImportCommand.class,
      AuditCommand.class,
      TemplatesCommand.class
    })
public final class WikipediaCommand {}
