package io.realmstream.schemas;

import java.util.List;

/** The topics' default names; the major version of a topic's schema is part of its name. */
public record Topics(
    String documents,
    String acceptedDocuments,
    String documentStatus,
    String retrieverCheckpoints,
    String indexVersions,
    String partitions,
    String passageVectors,
    String republications,
    String queries,
    String answers,
    String freshness,
    String searchAgain,
    String deadLetters) {

  /** Topics with one order of their records for all, and so with one partition each. */
  public List<String> ordered() {
    return List.of(retrieverCheckpoints, indexVersions, partitions, freshness);
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

  /**
   * The names under {@code prefix}, for instance {@code realm.documents.v1} under {@code realm}.
   */
  public static Topics under(String prefix) {
    return new Topics(
        prefix + ".documents.v1",
        prefix + ".accepted-documents.v1",
        prefix + ".document-status.v1",
        prefix + ".retriever-checkpoints.v1",
        prefix + ".index-versions.v1",
        prefix + ".partitions.v1",
        prefix + ".passage-vectors.v1",
        prefix + ".republications.v1",
        prefix + ".queries.v1",
        prefix + ".answers.v1",
        prefix + ".freshness.v1",
        prefix + ".search-again.v1",
        prefix + ".dead-letters.v1");
  }
}
