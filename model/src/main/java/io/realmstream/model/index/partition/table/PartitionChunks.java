package io.realmstream.model.index.partition.table;

import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The chunks that have come of partitions, until these are put together.
 *
 * <p>A training that was repeated after a failure may have had another outcome, whose chunks
 * replace those of one that was cut off. All that came whole is kept until somebody takes it: a run
 * may say of an earlier one that it is filled.
 */
final class PartitionChunks {
  private final Map<PartitionId, Map<Hash128, Outcome>> outcomes = new HashMap<>();

  /** The chunks of one digest, by number, and what names the content of each. */
  private record Outcome(Map<Integer, PartitionChunk> chunks, Map<Integer, Hash128> contents) {
    Outcome() {
      this(new HashMap<>(), new HashMap<>());
    }

    void add(PartitionChunk chunk) {
      chunks.put(chunk.number(), chunk);
      contents.put(chunk.number(), chunk.content());
    }

    /** Whether all are there and add up to the digest that they name. */
    boolean isWhole() {
      PartitionChunk any = chunks.values().iterator().next();
      if (chunks.size() < any.chunks()) {
        return false;
      }
      List<Hash128> ordered = new ArrayList<>();
      for (int number = 0; number < any.chunks(); number++) {
        Hash128 content = contents.get(number);
        if (content == null) { // chunks that name one digest may claim different sizes
          return false;
        }
        ordered.add(content);
      }
      Hash128 digest = PartitionChunk.digest(any.cells(), any.dimension(), any.probes(), ordered);
      return digest.equals(any.digest());
    }
  }

  void add(PartitionId id, PartitionChunk chunk) {
    Map<Hash128, Outcome> known = outcomes.computeIfAbsent(id, any -> new HashMap<>());
    known
        .entrySet()
        .removeIf(other -> !other.getKey().equals(chunk.digest()) && !other.getValue().isWhole());
    known.computeIfAbsent(chunk.digest(), any -> new Outcome()).add(chunk);
  }

  /** Whether all chunks of a partition are there and add up to its digest. */
  boolean isWhole(PartitionId id, Hash128 digest) {
    Outcome outcome = outcomes.getOrDefault(id, Map.of()).get(digest);
    return outcome != null && outcome.isWhole();
  }

  /** Takes a whole partition's chunks, and forgets others of its number. */
  List<PartitionChunk> take(PartitionId id, Hash128 digest) {
    Outcome outcome = Objects.requireNonNull(outcomes.remove(id)).get(digest);
    return List.copyOf(Objects.requireNonNull(outcome).chunks().values());
  }

  void forget(Predicate<PartitionId> gone) {
    outcomes.keySet().removeIf(gone);
  }

  /** How many partitions that are none of these have chunks here. */
  int countWithout(Set<PartitionId> others) {
    return (int) outcomes.keySet().stream().filter(id -> !others.contains(id)).count();
  }
}
