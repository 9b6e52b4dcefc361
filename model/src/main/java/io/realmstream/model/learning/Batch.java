package io.realmstream.model.learning;

import java.util.List;

/**
 * Examples that share their candidates.
 *
 * @param documents trunk outputs of all candidates
 */
public record Batch(List<float[]> documents, List<Example> examples) {
  public Batch {
    documents = List.copyOf(documents);
    examples = List.copyOf(examples);
  }
}
