package io.realmstream.model.learning.feedback;

import io.realmstream.schemas.Hash128;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State: a question and the documents that hold its answer.
 *
 * @param queryTrunk digest of the trunk that it was embedded with; null = it was not
 * @param output of the query trunk; empty = not embedded, or it cannot be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record KeptFeedback(
    String question, List<String> documents, @Nullable Hash128 queryTrunk, float[] output) {

  KeptFeedback with(Hash128 trunk, float[] embedded) {
    return new KeptFeedback(question, documents, trunk, embedded);
  }

  boolean isEmbedded(Hash128 trunk) {
    return trunk.equals(queryTrunk);
  }
}
