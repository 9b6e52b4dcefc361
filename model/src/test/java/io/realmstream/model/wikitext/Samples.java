package io.realmstream.model.wikitext;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The samples of {@code samples.txt}, whose head describes the format. */
final class Samples {
  private static final String READS = "\n%% reads";

  /** Wikitext and the text that it must give. */
  record Sample(String name, String wikitext, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Samples() {}

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    for (String part : resource().split("(?m)^%% (?!reads$)", -1)) {
      int reads = part.indexOf(READS);
      if (reads >= 0) {
        int name = part.indexOf('\n');
        String text = part.substring(reads + READS.length()).strip();
        samples.add(
            new Sample(
                part.substring(0, name), part.substring(Math.min(name + 1, reads), reads), text));
      }
    }
    return samples;
  }

  private static String resource() {
    try (InputStream in = Samples.class.getResourceAsStream("samples.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
