package io.realmstream.deploy.door.ask;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passages of an answer, for whoever feeds a language model; its fields are those of the JSON.
 *
 * @param version build number of the index version; null when none was active
 * @param indexedThrough every edit with a Kafka timestamp up to here was searched; null = unknown
 */
record Retrieved(
    String id,
    AnswerStatus status,
    @Nullable String reason,
    boolean exact,
    @Nullable Integer version,
    @Nullable Instant indexedThrough,
    List<Passage> passages) {

  /**
   * A passage by rank.
   *
   * @param score retrieval score f(x,z)
   * @param probability p(z|x) over the candidates
   */
  record Passage(@JsonUnwrapped QuotedPassage passage, double score, double probability) {
    private static Passage of(Evidence evidence) {
      return new Passage(evidence.passage(), evidence.score(), evidence.probability());
    }
  }

  static Retrieved of(Answer answer) {
    AnswerResult result = answer.result();
    IndexVersion version = result.version();
    return new Retrieved(
        answer.id(),
        result.status(),
        result.reason(),
        result.coverage().exact(),
        version == null ? null : Integer.valueOf(version.number()),
        answer.run().indexedThrough(),
        // the null document is no passage
        result.passages().stream().filter(e -> !e.uid().isEmpty()).map(Passage::of).toList());
  }
}
