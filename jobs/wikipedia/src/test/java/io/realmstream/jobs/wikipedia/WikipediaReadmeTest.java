package io.realmstream.jobs.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.wikipedia.decode.DecodeEventFunction;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.jobs.wikipedia.pages.PagesHarness;
import io.realmstream.model.wikipedia.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The README's table of metrics is what the operators have. */
class WikipediaReadmeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| `([\\w{}]+)` \\|");

  @Test
  void theMetricsArePromisedByTheReadme() throws Exception {
    assertThat(listed("decode-events")).isEqualTo(ofDecoder()).isNotEmpty();
    assertThat(listed("pages")).isEqualTo(ofPages()).isNotEmpty();
  }

  private static Set<String> ofDecoder() throws Exception {
    MeasuredEnvironment environment = new MeasuredEnvironment();
    OneInputStreamOperatorTestHarness<InboundRecord, Statement> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeEventFunction(Set.of("enwiki"))), environment.create());
    harness.open();
    harness.close();
    return environment.names();
  }

  private static Set<String> ofPages() throws Exception {
    try (LocalApi api = new LocalApi();
        PagesHarness pages = new PagesHarness(api, Duration.ZERO)) {
      return pages.metrics().names();
    }
  }

  private static Set<String> listed(String operator) throws Exception {
    Path inModule = Path.of("README.md");
    Path page = Path.of("jobs", "wikipedia", "README.md");
    Set<String> listed = new HashSet<>();
    Matcher rows = ROW.matcher(Files.readString(Files.exists(page) ? page : inModule));
    while (rows.find()) {
      if (rows.group(1).equals(operator)) {
        listed.add(rows.group(2));
      }
    }
    return listed;
  }
}
