package io.realmstream.schemas;

import java.util.List;

/**
 * The topics' names. The major version of a topic's schema is part of its name.
 *
 * @param prefix first part of every name, for instance {@code realm}: {@code realm.documents.v1}
 */
public record Topics(String prefix) {

  public String documents() {
    return prefix + ".documents.v1";
  }

  public String acceptedDocuments() {
    return prefix + ".accepted-documents.v1";
  }

  public String documentStatus() {
    return prefix + ".document-status.v1";
  }

  public String retrieverCheckpoints() {
    return prefix + ".retriever-checkpoints.v1";
  }

  public String indexVersions() {
    return prefix + ".index-versions.v1";
  }

  public String partitions() {
    return prefix + ".partitions.v1";
  }

  public String passageVectors() {
    return prefix + ".passage-vectors.v1";
  }

  public String republications() {
    return prefix + ".republications.v1";
  }

  public String queries() {
    return prefix + ".queries.v1";
  }

  public String answers() {
    return prefix + ".answers.v1";
  }

  public String freshness() {
    return prefix + ".freshness.v1";
  }

  public String searchAgain() {
    return prefix + ".search-again.v1";
  }

  public String wikipediaEvents() {
    return prefix + ".wikipedia-events.v1";
  }

  public String wikipediaOutcomes() {
    return prefix + ".wikipedia-outcomes.v1";
  }

  public String learningStatus() {
    return prefix + ".learning-status.v1";
  }

  public String deadLetters() {
    return prefix + ".dead-letters.v1";
  }

  /** Topics with one order of their records for all, and so with one partition each. */
  public List<String> ordered() {
    return List.of(retrieverCheckpoints(), indexVersions(), partitions(), freshness());
  }

  /**
   * Refuses one of these topics that has another number of partitions.
   *
   * @throws IllegalStateException in words for the person who made it
   */
  public void checkOrder(String topic, int partitions) {
    if (ordered().contains(topic) && partitions != 1) {
      throw new IllegalStateException(
          "%s has %d partitions; its records have one order for all, so it must have 1"
              .formatted(topic, partitions));
    }
  }
}
