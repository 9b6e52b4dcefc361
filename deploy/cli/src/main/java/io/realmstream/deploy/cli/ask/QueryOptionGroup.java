package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person may choose about a query. */
final class QueryOptionGroup {
  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "OPEN_QA",
      description =
          "open_qa: an answer read from the best passages; retrieve: the passages; masked_lm: words"
              + " for each [MASK] of a sentence (default: open_qa).")
  private QueryKind kind = QueryKind.OPEN_QA;

  @Option(
      names = "--k",
      paramLabel = "COUNT",
      description =
          "How many passages, 1 to 1000 (default: 5 for open_qa, 10 for retrieve, 8 for"
              + " masked_lm).")
  @Range(min = 1, max = QueryScope.K_MAX)
  private @Nullable Integer k;

  @Option(
      names = "--read",
      paramLabel = "COUNT",
      description = "How many of them the reader reads, best first (default: all).")
  @Range(min = 1, max = QueryScope.K_MAX)
  private @Nullable Integer read;

  @Option(
      names = "--reading",
      paramLabel = "WHEN",
      defaultValue = "CERTAIN",
      description =
          "certain: reading stops once no other passage can change the answer; all: all are"
              + " read, which gives exact probabilities (default: certain).")
  private Reading reading = Reading.CERTAIN;

  @Option(
      names = "--min-probability",
      paramLabel = "P",
      description =
          "open_qa: an answer of a smaller probability is withheld, 0 to 1 (default: as the"
              + " checkpoint has it).")
  @Range(min = 0, max = 1)
  private @Nullable Double minProbability;

  @Option(
      names = "--max-no-answer-mass",
      paramLabel = "MASS",
      description =
          "open_qa: beside a larger no-answer mass the answer is withheld, 0 to 1 (default: as the"
              + " checkpoint has it).")
  @Range(min = 0, max = 1)
  private @Nullable Double maxNoAnswerMass;

  @Option(names = "--exact", description = "Search every cell: as brute force would.")
  private boolean exact;

  @Option(
      names = "--nprobe",
      paramLabel = "COUNT",
      description = "How many cells to search (default: the index's own).")
  @Range(min = 1)
  private @Nullable Integer nprobe;

  @Option(
      names = "--index-version",
      paramLabel = "VERSION",
      description =
          "Which index version answers, of those that are ACTIVE or READY (default: the ACTIVE"
              + " one).")
  @Range(min = 1)
  private @Nullable Integer version;

  @Option(
      names = "--reference",
      paramLabel = "ANSWER",
      description =
          "An answer whose probability is asked for; several count as one. Every passage says how"
              + " probable it finds that. For masked_lm words for all masks, one token each.")
  private @Nullable List<String> references;

  @Option(
      names = "--passage",
      paramLabel = "UID",
      description = "Uid of a passage; only those that are named compete (default: all do).")
  private @Nullable List<String> passages;

  /**
   * The query under an id of its own.
   *
   * @throws CommandFailure USAGE for too many passages or references
   */
  Query query(String text, Instant deadline) {
    return new Query(
        UUID.randomUUID().toString(),
        text,
        kind,
        new QueryScope(k, read, exact, nprobe, version),
        deadline.truncatedTo(ChronoUnit.MILLIS),
        options());
  }

  private QueryOptions options() {
    try {
      return QueryOptions.DEFAULT
          .with(new Competition(null, null, passages))
          .with(reading)
          .with(new AnswerThresholds(maxNoAnswerMass, minProbability))
          .withReferences(references);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
