package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.learning.Feedback;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codecs of the JSON topics. */
public final class Codecs {
  /** Default limit of a document edit: 4 MiB. */
  public static final int DOCUMENT_BYTES_MAX = 4 << 20;

  /** Limit of an answer, which may quote a thousand passages: what fits its topic, with headers. */
  public static final int ANSWER_BYTES_MAX = (8 << 20) - (64 << 10);

  /** Limit of an event of Wikipedia, which may carry a page: what fits its topic, with headers. */
  public static final int WIKIPEDIA_EVENT_BYTES_MAX = (8 << 20) - (64 << 10);

  /** Limit of every other record: 1 MiB. */
  public static final int RECORD_BYTES_MAX = 1 << 20;

  public static final JsonCodec<DocumentEdit> DOCUMENT_EDIT =
      codec(DocumentEdit.class, "document-edit", DOCUMENT_BYTES_MAX);
  public static final JsonCodec<DocumentStatus> DOCUMENT_STATUS =
      codec(DocumentStatus.class, "document-status", RECORD_BYTES_MAX);
  public static final JsonCodec<RetrieverCheckpoint> RETRIEVER_CHECKPOINT =
      codec(RetrieverCheckpoint.class, "retriever-checkpoint", RECORD_BYTES_MAX);
  public static final JsonCodec<VersionProposal> VERSION_PROPOSAL =
      codec(VersionProposal.class, "version-proposal", RECORD_BYTES_MAX);
  public static final JsonCodec<RepublicationRequest> REPUBLICATION_REQUEST =
      codec(RepublicationRequest.class, "republication-request", RECORD_BYTES_MAX);
  public static final JsonCodec<Query> QUERY = codec(Query.class, "query", RECORD_BYTES_MAX);
  public static final JsonCodec<Answer> ANSWER = codec(Answer.class, "answer", ANSWER_BYTES_MAX);

  public static final JsonCodec<FreshnessRecord> FRESHNESS =
      codec(FreshnessRecord.class, "freshness", RECORD_BYTES_MAX);

  /** Wikitext of up to 4 MiB, whose escapes may take as much again. */
  public static final JsonCodec<WikipediaObserved> WIKIPEDIA_OBSERVED =
      codec(WikipediaObserved.class, "wikipedia-observed", WIKIPEDIA_EVENT_BYTES_MAX);

  public static final JsonCodec<WikipediaGap> WIKIPEDIA_GAP =
      codec(WikipediaGap.class, "wikipedia-gap", RECORD_BYTES_MAX);

  public static final JsonCodec<WikipediaOutcome> WIKIPEDIA_OUTCOME =
      codec(WikipediaOutcome.class, "wikipedia-outcome", RECORD_BYTES_MAX);

  public static final JsonCodec<LearningStatus> LEARNING_STATUS =
      codec(LearningStatus.class, "learning-status", RECORD_BYTES_MAX);

  public static final JsonCodec<Feedback> FEEDBACK =
      codec(Feedback.class, "feedback", RECORD_BYTES_MAX);

  private Codecs() {}

  /** All of them; a schema file has one. */
  public static List<JsonCodec<?>> all() {
    return List.of(
        DOCUMENT_EDIT,
        DOCUMENT_STATUS,
        RETRIEVER_CHECKPOINT,
        VERSION_PROPOSAL,
        REPUBLICATION_REQUEST,
        QUERY,
        ANSWER,
        FRESHNESS,
        WIKIPEDIA_OBSERVED,
        WIKIPEDIA_GAP,
        WIKIPEDIA_OUTCOME,
        LEARNING_STATUS,
        FEEDBACK);
  }

  /**
   * The id to answer INVALID to when {@link #QUERY} refuses the bytes: null when they are no JSON
   * object of at most 1 MiB with an id of 1 to 512 UTF-8 bytes, so that no answer can be addressed.
   */
  public static @Nullable String queryId(byte[] bytes) {
    JsonNode id;
    try {
      id = StrictJson.parse(bytes, RECORD_BYTES_MAX).path("id");
    } catch (BadRecordException e) {
      return null;
    }
    if (!id.isTextual()) {
      return null;
    }
    int length = Utf8.bytes(id.textValue());
    return length >= 1 && length <= Limits.ID_BYTES_MAX ? id.textValue() : null;
  }

  private static <T> JsonCodec<T> codec(Class<T> type, String schema, int bytesMax) {
    return new JsonCodec<>(type, RecordSchema.named(schema), bytesMax);
  }
}
