package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.text.GreedySplitter;
import io.realmstream.model.text.PassageSplitter;
import io.realmstream.model.text.PassageText;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what an edit costs: the wordpieces of those passages that the revision before did not
 * have, split by content and greedily and not at all, under the default checkpoint. The class path
 * is that of {@link OpenQaMeasurement}.
 *
 * <pre>
 * java -cp ... io.realmstream.model.measurement.EditCostMeasurement CACHE REVISIONS...
 * </pre>
 *
 * CACHE keeps model files. REVISIONS are files of lines {title, text}, each title's revisions one
 * after the other; a text that is null is empty. Prints wordpieces an edit without a reuse cache,
 * and with one that forgets nothing of a page; shares of edits that cost more than greedily; and
 * the mean length of the passages of all revisions. Each file is reported whole and in two halves.
 */
public final class EditCostMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tokenizer tokenizer;
  private final EncoderTower tower;
  private final Map<String, Integer> tokens = new HashMap<>();

  private EditCostMeasurement(Tokenizer tokenizer, EncoderTower tower) {
    this.tokenizer = tokenizer;
    this.tower = tower;
  }

  private interface Splitting {
    List<String> split(String title, String text);
  }

  private record Revision(String title, String text) {}

  /** Wordpieces to embed for one edit, without a cache and with one; and how many passages. */
  private record Cost(long fresh, long unseen, long passages) {}

  /** One way to split: a cost for each edit, the length of each passage. */
  private record Costs(List<Cost> edits, List<Integer> lengths) {
    double fresh() {
      return edits.stream().mapToLong(Cost::fresh).average().orElseThrow();
    }

    double unseen() {
      return edits.stream().mapToLong(Cost::unseen).average().orElseThrow();
    }

    double length() {
      return lengths.stream().mapToInt(length -> length).average().orElseThrow();
    }
  }

  public static void main(String[] arguments) throws Exception {
    EncoderTower tower = DefaultCheckpoints.e5().documentTower();
    PartCache cache =
        new PartCache(
            Path.of(arguments[0]), PartOpener.local(EditCostMeasurement.class.getClassLoader()));
    try (Tokenizer tokenizer = Tokenizer.open(tower.tokenizer(), cache)) {
      EditCostMeasurement measurement = new EditCostMeasurement(tokenizer, tower);
      for (String file : List.of(arguments).subList(1, arguments.length)) {
        measurement.measure(Path.of(file));
      }
    }
  }

  private void measure(Path file) throws Exception {
    List<Revision> revisions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      String text = row.get("text").isNull() ? "" : row.get("text").textValue();
      revisions.add(new Revision(row.get("title").textValue(), text));
    }
    int middle = revisions.size() / 2;
    print(file.getFileName() + ", first half", revisions.subList(0, middle));
    print(file.getFileName() + ", second half", revisions.subList(middle, revisions.size()));
    print(file.getFileName() + ", all", revisions);
  }

  private void print(String name, List<Revision> revisions) {
    PassageSplitter splitter = new PassageSplitter(tokenizer, tower);
    Costs greedy =
        costs(revisions, (title, text) -> new GreedySplitter(tokenizer, room(title)).split(text));
    Costs content =
        costs(
            revisions,
            (title, text) -> splitter.split(title, text).stream().map(PassageText::text).toList());
    Costs whole = costs(revisions, (title, text) -> text.isBlank() ? List.of() : List.of(text));
    System.out.printf("%s: %d edits%n", name, content.edits().size());
    print("whole pages", whole, greedy);
    print("greedy", greedy, greedy);
    print("content", content, greedy);
    System.out.printf("  content/whole %.3f%n", content.fresh() / whole.fresh());
    dearer(content, greedy);
  }

  private int room(String title) {
    return tower.tokensMax() - 2 - tokenizer.ids(tower.prefix() + title).length;
  }

  private static void print(String kind, Costs costs, Costs greedy) {
    System.out.printf(
        "  %-11s %6.0f wordpieces an edit = %.3f of greedy; reused %6.0f = %.3f; mean passage"
            + " %.0f%n",
        kind,
        costs.fresh(),
        costs.fresh() / greedy.fresh(),
        costs.unseen(),
        costs.unseen() / greedy.fresh(),
        costs.length());
  }

  private static void dearer(Costs content, Costs greedy) {
    int dearer = 0;
    int longer = 0;
    long more = 0;
    for (int i = 0; i < content.edits().size(); i++) {
      Cost one = content.edits().get(i);
      Cost other = greedy.edits().get(i);
      if (one.fresh() > other.fresh()) {
        dearer++;
        longer += one.passages() <= other.passages() ? 1 : 0;
        more += one.fresh() - other.fresh();
      }
    }
    System.out.printf(
        "  %d edits cost more than greedily, %.0f wordpieces each: %d touch no more passages, but"
            + " longer ones, %d more passages%n",
        dearer, more / (double) Math.max(1, dearer), longer, dearer - longer);
  }

  private Costs costs(List<Revision> revisions, Splitting splitting) {
    Costs costs = new Costs(new ArrayList<>(), new ArrayList<>());
    Set<String> before = Set.of();
    Set<String> seen = new HashSet<>();
    String title = null;
    for (Revision revision : revisions) {
      List<String> passages = splitting.split(revision.title(), revision.text());
      passages.forEach(passage -> costs.lengths().add(tokens(passage)));
      Set<String> now = new HashSet<>(passages);
      if (revision.title().equals(title)) {
        costs.edits().add(cost(now, before, seen));
      } else {
        seen.clear();
      }
      seen.addAll(now);
      before = now;
      title = revision.title();
    }
    return costs;
  }

  private Cost cost(Set<String> now, Set<String> before, Set<String> seen) {
    long passages = now.stream().filter(passage -> !before.contains(passage)).count();
    return new Cost(without(now, before), without(now, seen), passages);
  }

  private long without(Set<String> passages, Set<String> known) {
    return passages.stream()
        .filter(passage -> !known.contains(passage))
        .mapToLong(this::tokens)
        .sum();
  }

  private int tokens(String passage) {
    return tokens.computeIfAbsent(passage, text -> tokenizer.ids(text).length);
  }
}
