package io.realmstream.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rights in Kafka that a page says a job needs. */
public final class Rights {
  private static final Pattern TOPIC = Pattern.compile("`([^`]+)`");

  private Rights() {}

  /** They are the topics that the job's graph between these ends reads and writes to. */
  public static void check(Path page, String job, MemoryEnds ends) throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| " + job + " \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$")
            .matcher(Files.readString(page));
    assertThat(row.find()).as(job).isTrue();
    assertThat(topics(row.group(1))).isEqualTo(ends.read());
    assertThat(topics(row.group(2))).isEqualTo(ends.written());
    assertThat(topics(row.group(3)))
        .as("READ and WRITE imply DESCRIBE")
        .doesNotContainAnyElementsOf(ends.read())
        .doesNotContainAnyElementsOf(ends.written());
  }

  private static Set<String> topics(String cell) {
    Set<String> topics = new TreeSet<>();
    TOPIC.matcher(cell).results().forEach(topic -> topics.add(topic.group(1)));
    return topics;
  }
}
