package io.realmstream.deploy.door.page;

import io.realmstream.schemas.document.DocumentEdit;
import java.util.List;

/**
 * A small knowledge base to try the page with.
 *
 * @param questions on its documents
 */
public record Sample(List<DocumentEdit> documents, List<String> questions) {
  public Sample {
    documents = List.copyOf(documents);
    questions = List.copyOf(questions);
  }
}
