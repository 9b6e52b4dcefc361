package io.realmstream.deploy.bench.churn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to happen to an index, step by step, as in the streaming track of the Big-ANN benchmarks.
 *
 * @param passages how many synthetic ones there are to choose from
 * @param queries at each search; other ones each time
 */
record Runbook(
    @JsonProperty(required = true) int passages,
    @JsonProperty(required = true) int dimension,
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) int k,
    @JsonProperty(required = true) int queries,
    @JsonProperty(required = true) List<Step> steps) {
  /** What a step does. */
  enum Operation {
    INSERT,
    REPLACE,
    DELETE,
    SEARCH,
    /** Trains a partition from what is there, fills it, goes over to it and drops the old one. */
    PARTITION,
    SNAPSHOT,
    /** Ends without a snapshot, restores the last one, and repeats what came after it. */
    CRASH
  }

  /**
   * One step.
   *
   * @param start the first passage of an insert, replace or delete
   * @param end behind its last passage
   * @param rounds how often a replace goes through all of them; 0 = once
   * @param fresh whether a search asks an index built anew, by the same partition, as well
   */
  record Step(
      @JsonProperty(required = true) Operation operation,
      int start,
      int end,
      int rounds,
      boolean fresh) {}

  Runbook {
    steps = List.copyOf(steps);
    require(passages > 0 && dimension > 1 && k > 0 && queries > 0, "all sizes must be positive");
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      require(
          step.start() >= 0
              && step.end() <= passages
              && step.rounds() >= 0
              && (step.start() < step.end()) == takesPassages(step.operation()),
          "step %d: start and end of an edit, and of it alone, are passages of 0 to %d"
              .formatted(i + 1, passages));
    }
  }

  /**
   * Reads a YAML file.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Runbook read(Path file) throws IOException {
    YAMLMapper mapper =
        YAMLMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
    try {
      return mapper.readValue(Files.readString(file), Runbook.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static boolean takesPassages(Operation operation) {
    return switch (operation) {
      case INSERT, REPLACE, DELETE -> true;
      case SEARCH, PARTITION, SNAPSHOT, CRASH -> false;
    };
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
