package io.realmstream.schemas.answer;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this run of the query went; differs from run to run.
 *
 * @param stagesMs wall time by stage, in milliseconds
 * @param scanned vectors compared by code
 * @param reScored vectors compared exactly
 * @param dropped candidates that were no longer in their document's manifest
 * @param readingsDiscarded passages that were read, or begun, before it was known that the answer
 *     is certain without them
 * @param indexedThrough every edit with a Kafka timestamp up to here is in the answer; null =
 *     unknown yet
 */
public record AnswerRun(
    Map<String, Double> stagesMs,
    long scanned,
    long reScored,
    int dropped,
    int readingsDiscarded,
    @Nullable Instant indexedThrough) {
  public static final AnswerRun NONE = new AnswerRun(Map.of(), 0, 0, 0, 0, null);
}
