package io.realmstream.schemas.learning;

import io.realmstream.schemas.Limits;
import java.util.List;

/**
 * What an application knows of a question: what answers it, or where the answer stands.
 *
 * @param id the client's own; the topic's key: a later record takes the place of an earlier one
 * @param answers that are right; empty = unknown
 * @param documents ids of documents each of which holds the answer; empty = unknown
 */
public record Feedback(String id, String question, List<String> answers, List<String> documents) {

  /** Refuses an id of no or too many bytes. */
  public Feedback {
    Limits.checkId("id", id);
    answers = List.copyOf(answers);
    documents = List.copyOf(documents);
  }
}
