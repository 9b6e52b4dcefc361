package io.realmstream.schemas;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The topics' names, and those of who reads them. The major version of a topic's schema is part of
 * its name.
 *
 * <p>A retriever may run beside the first one, in the same knowledge base. What it alone reads or
 * writes has its name behind the prefix: {@code realm.second.queries.v1}.
 *
 * @param prefix first part of every name, for instance {@code realm}: {@code realm.documents.v1}
 * @param retriever name of the retriever: letters, digits and hyphens; empty = the first one
 */
public record Topics(String prefix, String retriever) {
  private static final Pattern RETRIEVER = Pattern.compile("[A-Za-z0-9-]{0,32}");

  /** Refuses a retriever's name that would not do as a part of names. */
  public Topics {
    if (!RETRIEVER.matcher(retriever).matches()) {
      throw new IllegalArgumentException(
          "a retriever's name has letters of ASCII, digits and hyphens, at most 32: " + retriever);
    }
  }

  /** Those of the first retriever. */
  public Topics(String prefix) {
    this(prefix, "");
  }

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
    return ofRetriever(".") + ".partitions.v1";
  }

  public String passageVectors() {
    return prefix + ".passage-vectors.v1";
  }

  public String republications() {
    return prefix + ".republications.v1";
  }

  public String queries() {
    return ofRetriever(".") + ".queries.v1";
  }

  public String answers() {
    return ofRetriever(".") + ".answers.v1";
  }

  public String freshness() {
    return ofRetriever(".") + ".freshness.v1";
  }

  public String searchAgain() {
    return ofRetriever(".") + ".search-again.v1";
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

  public String feedback() {
    return prefix + ".feedback.v1";
  }

  public String deadLetters() {
    return prefix + ".dead-letters.v1";
  }

  /**
   * Name of a consumer group.
   *
   * @param reader a job and what it reads, for instance {@code retriever-queries}
   */
  public String group(String reader) {
    return (reader.startsWith("retriever-") ? ofRetriever("-") : prefix) + "-" + reader;
  }

  /** What the names begin with that are of one retriever. */
  private String ofRetriever(String separator) {
    return retriever.isEmpty() ? prefix : prefix + separator + retriever;
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
