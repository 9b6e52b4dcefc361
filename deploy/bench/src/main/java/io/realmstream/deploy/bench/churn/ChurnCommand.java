package io.realmstream.deploy.bench.churn;

import io.realmstream.deploy.bench.churn.Churn.Outcome;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what edits do to what the index finds. */
@Command(
    name = "churn",
    mixinStandardHelpOptions = true,
    description = {
      "Leads the index through a runbook of inserts, replaces, deletes, searches, snapshots,"
          + " crashes and changes of the partition.",
      "Every search is compared with a plain loop over what is live then; an exact one that differs"
          + " ends the run."
    })
public final class ChurnCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "RUNBOOK", description = "YAML; deploy/bench has one that says how.")
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private Path file;

  @Option(names = "--json", description = "One line of JSON a step.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Runbook runbook = runbook();
    Path folder = Files.createTempDirectory("realm-bench-churn");
    try {
      new Churn(runbook, folder).run(this::print);
    } finally {
      Folders.delete(folder);
    }
    return ExitCode.OK;
  }

  private Runbook runbook() throws IOException {
    try {
      return Runbook.read(file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void print(Outcome outcome) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(json ? Json.line(outcome) : line(outcome));
    stdout.flush();
  }

  private static String line(Outcome outcome) {
    StringBuilder line = new StringBuilder();
    String operation = outcome.step().operation().name().toLowerCase(Locale.ROOT);
    line.append(
        String.format(
            Locale.ROOT,
            "%4d %-9s %,9d live in %,6d cells",
            outcome.number(),
            operation,
            outcome.live(),
            outcome.cells()));
    if (outcome.recall() != null) {
      line.append(String.format(Locale.ROOT, "   exact; recall %.4f", outcome.recall()));
    }
    if (outcome.freshRecall() != null) {
      line.append(String.format(Locale.ROOT, ", built anew %.4f", outcome.freshRecall()));
    }
    return line.toString();
  }
}
