package io.realmstream.deploy.cli.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What no command takes; none of these reaches a broker. */
class ArgumentsTest {
  private static final Set<Class<?>> NUMBERS =
      Set.of(
          int.class,
          long.class,
          double.class,
          Integer.class,
          Long.class,
          Double.class,
          Float.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ask why --k 0 | --k: must be 1 to 1000 (is 0)",
        "ask why --k 1001 | --k: must be 1 to 1000 (is 1001)",
        "ask why --read 0 | --read: must be 1 to 1000 (is 0)",
        "ask why --nprobe -1 | --nprobe: must be at least 1 (is -1)",
        "ask why --timeout 9223372036854775807 | --timeout: must be 1 to 604800",
        "ask --file - --in-flight 0 | --in-flight: must be 1 to 10000 (is 0)",
        "evaluate - --depth 1001 | --depth: must be 1 to 1000 (is 1001)",
        "delete a --revision -5 | --revision: must be at least 0 (is -5)",
        "load - --revision -5 | --revision: must be 0 to 9223372036854775807",
        "load - --wait --timeout 0 | --timeout: must be 1 to 604800 (is 0)",
        "up --kafka-port 70000 | --kafka-port: must be 0 to 65535 (is 70000)",
        "up --dashboard-port -1 | --dashboard-port: must be 0 to 65535 (is -1)",
        "up --metrics-port 0 | --metrics-port: must be 1 to 65535 (is 0)",
        "up --parallelism 17 | --parallelism: must be 1 to 16 (is 17)",
        "activate 0 | VERSION: must be at least 1 (is 0)",
        "dead-letters --number -1 | --number: must be at least 0 (is -1)",
        "topics create --tombstone-ttl PT0S | --tombstone-ttl must be PT1S to",
        "topics create --tombstone-ttl P30 | --tombstone-ttl",
        "ask why --k many | '--k'",
        "ask why --k 99999999999 | '--k'",
        "show a --topic-prefix a+b | 'a+b' cannot begin a topic's name",
        "ask why --retriever a.b | a retriever's name has letters of ASCII",
        "submit --flink http://f:1 --retriever b --job updater | --retriever is of --job",
        "submit --flink http://f:1 --set realm.retriever=b | --retriever names a retriever",
        "up --discard-state=door | '--discard-state'",
        "show a --bootstrap-servers localhost | 'localhost' is not HOST:PORT",
        "show a --bootstrap-servers :9092 | ':9092' is not HOST:PORT",
        "show a --bootstrap-servers localhost:0 | has no port from 1 to 65535",
        "show a --bootstrap-servers localhost:70000 | has no port from 1 to 65535",
        "show a --bootstrap-servers localhost:9092, | '' is not HOST:PORT",
        "status --flink localhost:8081 | must be an http address, not 'localhost:8081'",
        "submit --flink http://localhost:70000 | must be an http address",
        "ask why --unheard-of | Unknown option: '--unheard-of'",
        "load | Missing required parameter: 'FILE'",
        "wikipedia live --wiki enwiki | Missing required option: '--contact=MAIL|URL'",
        "wikipedia live --wiki enwiki --contact me | '--contact'",
        "wikipedia live --wiki en.wikipedia.org --contact a@b.org | no wiki's database name",
        "wikipedia live --wiki enwiki --contact a@b.org --namespace -3 | --namespace: must be -2"
            + " to",
        "wikipedia live --wiki enwiki --contact a@b.org --since yesterday | '--since'",
        "wikipedia import enwiki.xml --wiki enwiki | --date is missing: enwiki.xml has none",
        "wikipedia import enwiki-20261301.xml --wiki enwiki | --date is missing",
        "wikipedia import | Missing required",
        "wikipedia audit --wiki enwiki | Missing required option: '--contact=MAIL|URL'",
        "wikipedia audit --wiki commons --contact a@b.org | --api is missing: commons is no",
        "wikipedia audit --wiki enwiki --contact a@b.org --requests 0 | --requests: must be 1 to",
        "up --wiki enwiki --contact a@b.org --hold -1 | --hold: must be 0 to 10080 (is -1)",
        "up --wiki enwiki --contact a@b.org --settle -1 | --settle: must be 0 to 604800 (is -1)",
      })
  void whatIsOutOfRangeIsOneLineOfUsage(String line, String words) {
    assertUsage(words, line.split(" "));
  }

  @Test
  void idsAndPrefixesThatNoShellShows() {
    assertUsage("id: must be 1 to 512 UTF-8 bytes long (is 0)", "delete", "a", "");
    assertUsage("id: must be 1 to 512 UTF-8 bytes long (is 0)", "show", "");
    assertUsage("(is 600)", "delete", "é".repeat(300));
    assertUsage("'a b' cannot begin a topic's name", "show", "a", "--topic-prefix", "a b");
    assertUsage("a topic's name cannot begin with nothing", "show", "a", "--topic-prefix", "");
    assertUsage("cannot begin", "show", "a", "--topic-prefix", "x".repeat(240));
    assertUsage(
        "'--contact'", "wikipedia", "live", "--wiki", "enwiki", "--contact", "a@b.org\nHost: x");
    assertUsage("two lines", "ask", "why", "--two\nlines");
    assertUsage("the name of a file is empty", "load", "-", "");
    assertUsage("--out': the name is empty", "evaluate", "-", "--out", "");
    assertUsage("--dir': the name is empty", "up", "--dir", "");
    assertUsage("the name of a field is empty", "load", "-", "--id-field", "");
  }

  @Test
  void brokersAreTakenAsKafkaTakesThem() {
    BrokersConverter brokers = new BrokersConverter();
    assertThat(brokers.convert("a:1, b:65535")).isEqualTo("a:1, b:65535");
    assertThat(brokers.convert("[::1]:9092,SSL://host:9093")).isNotEmpty();
  }

  /** The rule that keeps a new option from being forgotten. */
  @Test
  void everyNumberHasARange() {
    assertThat(arguments(Realm.commandLine()))
        .filteredOn(argument -> argument.auxiliaryTypes().length > 0)
        .filteredOn(argument -> NUMBERS.contains(argument.auxiliaryTypes()[0]))
        .filteredOn(argument -> !argument.paramLabel().equals("<seed>"))
        .hasSizeGreaterThan(20)
        .allSatisfy(argument -> assertThat(RangeCheck.of(argument)).as("%s", argument).isNotNull());
  }

  private static Stream<ArgSpec> arguments(CommandLine command) {
    return Stream.concat(
        command.getCommandSpec().args().stream(),
        command.getSubcommands().values().stream().flatMap(ArgumentsTest::arguments));
  }

  private static void assertUsage(String words, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err().lines()).singleElement().asString().startsWith("realm: ").contains(words);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
