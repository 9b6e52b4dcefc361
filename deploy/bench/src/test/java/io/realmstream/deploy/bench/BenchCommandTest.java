package io.realmstream.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.RangeCheck;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, double.class, Integer.class, Double.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench refresh --edits NaN | --edits: must be 0.001 to 100000 (is NaN)",
        "bench partitions --cells 10,0 | --cells: must be at least 1 (is 0)",
      })
  void whatIsOutOfRangeIsOneLineOfUsage(String line, String words) {
    BenchRun run = BenchRun.of(line.split(" "));
    assertThat(run.err().lines()).singleElement().asString().startsWith("realm: ").contains(words);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** The rule that keeps a new option from being forgotten; a seed may be any number. */
  @Test
  void everyNumberHasARange() {
    assertThat(new CommandLine(new BenchCommand()).getSubcommands().values())
        .flatMap(command -> command.getCommandSpec().args())
        .filteredOn(argument -> argument.auxiliaryTypes().length > 0)
        .filteredOn(argument -> NUMBERS.contains(argument.auxiliaryTypes()[0]))
        .hasSizeGreaterThan(10)
        .allSatisfy(argument -> assertThat(RangeCheck.of(argument)).as("%s", argument).isNotNull());
  }
}
