package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.monitoring.MonitoringFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The project's pages: none is too long to be read, and each link leads somewhere. */
class PagesTest {
  /** Words besides tables. */
  private static final int README_WORDS_MAX = 600;

  /** Words of all kinds in the READMEs of the project and of its four main folders. */
  private static final int FIVE_READMES_WORDS_MAX = 3_500;

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  static List<Path> pages() throws IOException {
    Path root = MonitoringFiles.root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> Stream.of("target", ".git").noneMatch(f -> contains(root, file, f)))
          .toList();
    }
  }

  private static boolean contains(Path root, Path file, String folder) {
    for (Path part : root.relativize(file)) {
      if (part.toString().equals(folder)) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      if (links.group(1).startsWith("http")) {
        continue;
      }
      Path target =
          links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1)).normalize();
      assertThat(target).as(links.group()).exists();
      String heading = links.group(2);
      if (heading != null && target.toString().endsWith(".md")) {
        assertThat(headings(target)).as(links.group()).contains(heading);
      }
    }
  }

  private static List<String> headings(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(words -> words.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void aReadmeIsShort() throws IOException {
    for (Path page : pages()) {
      if (page.endsWith("README.md")) {
        List<String> lines = Files.readAllLines(page);
        lines.removeIf(line -> line.startsWith("|"));
        assertThat(words(String.join("\n", lines)))
            .as("words of %s besides its tables", page)
            .isLessThanOrEqualTo(README_WORDS_MAX);
      }
    }
  }

  @Test
  void theFiveReadmesAreShort() throws IOException {
    long words = 0;
    for (String folder : List.of("", "schemas", "model", "jobs", "deploy")) {
      Path page = MonitoringFiles.root().resolve(folder).resolve("README.md");
      words += words(Files.readString(page));
    }
    assertThat(words).isLessThanOrEqualTo(FIVE_READMES_WORDS_MAX);
  }

  private static long words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).count();
  }
}
