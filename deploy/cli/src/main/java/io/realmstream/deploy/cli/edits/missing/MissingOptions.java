package io.realmstream.deploy.cli.edits.missing;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under which ids {@code realm load} loads, and what becomes of others. */
public final class MissingOptions {
  @Option(
      names = "--id-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description =
          "What every id begins with in the knowledge base, for instance of a folder whose files"
              + " have the names of another's. Default: nothing.")
  private String prefix = "";

  @Option(
      names = "--delete-missing",
      description =
          "List the documents of the knowledge base that are not in these files; with --id-prefix"
              + " only those of that prefix. With --confirm delete them, if no row was bad.")
  private boolean deleteMissing;

  @Option(names = "--confirm", description = "With --delete-missing: delete what it lists.")
  private boolean confirmed;

  /** Added to every id. */
  public String prefix() {
    return prefix;
  }

  public boolean confirmed() {
    return confirmed;
  }

  /**
   * Refuses what would delete too much, or nothing.
   *
   * @param resumed whether the first rows are left out
   * @throws CommandFailure USAGE if the options do not go together
   */
  public void check(boolean resumed) {
    if (confirmed && !deleteMissing) {
      throw CommandFailure.usage("--confirm needs --delete-missing");
    }
    if (resumed && deleteMissing) {
      throw CommandFailure.usage(
          "--delete-missing needs all rows: with --resume-at, those left out would be missing");
    }
  }

  /** What there is before the load; null unless it was asked for. */
  public @Nullable MissingDocuments read(Connection connection) {
    return deleteMissing ? MissingDocuments.read(connection, prefix) : null;
  }
}
