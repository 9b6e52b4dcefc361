package io.realmstream.model.freshness;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far all readers together have read a topic, by what each of them says.
 *
 * <p>A partition that was added counts from the first look that sees it: until some reader has it,
 * what was claimed before stands, and no more is claimed.
 */
public final class TopicRead {
  private final Map<Integer, PartitionRead> read = new TreeMap<>();
  private int partitions;
  private long throughMs = PartitionRead.NOTHING;

  /** Takes in what a reader says. */
  public void take(ReadThrough said) {
    partitions = Math.max(partitions, said.partitions());
    for (PartitionRead partition : said.read()) {
      read.put(partition.partition(), partition);
    }
    if (partitions > 0 && read.size() >= partitions) {
      long least = Long.MAX_VALUE;
      for (PartitionRead partition : read.values()) {
        least = Math.min(least, partition.throughMs());
      }
      throughMs = Math.max(throughMs, least);
    }
  }

  /**
   * Every record with a Kafka timestamp up to this has been read, whatever its partition; {@link
   * PartitionRead#NOTHING} = nothing is known.
   */
  public long throughMs() {
    return throughMs;
  }

  /** Of each partition, from the first on, the offset to be read next; -1 = not known yet. */
  public List<Long> next() {
    Long[] next = new Long[partitions];
    for (int number = 0; number < partitions; number++) {
      PartitionRead partition = read.get(number);
      next[number] = partition == null ? -1L : Math.max(-1L, partition.next());
    }
    return List.of(next);
  }
}
