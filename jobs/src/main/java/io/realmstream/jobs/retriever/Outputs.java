package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.vectors.ShardComplete;
import org.apache.flink.util.OutputTag;

/** The side outputs of the retriever's operators. */
final class Outputs {
  /** Answers to queries that end early. */
  static final OutputTag<OutboundRecord> ANSWERS = new OutputTag<>("answers") {};

  /** Questions of which too few passages stand: records of the search-again topic. */
  static final OutputTag<OutboundRecord> SEARCHES_AGAIN = new OutputTag<>("searches-again") {};

  static final OutputTag<RoutedQuery> ROUTED = new OutputTag<>("routed") {};
  static final OutputTag<Lookup> LOOKUPS = new OutputTag<>("lookups") {};
  static final OutputTag<Sample> SAMPLES = new OutputTag<>("samples") {};
  static final OutputTag<PartitionNews> CELLS_FILLED = new OutputTag<>("cells-filled") {};
  static final OutputTag<PartitionNews> PARTITION_NEWS = new OutputTag<>("partition-news") {};
  static final OutputTag<Ack> ACKS = new OutputTag<>("acks") {};
  static final OutputTag<PassageEvent> PASSAGE_EVENTS = new OutputTag<>("passage-events") {};
  static final OutputTag<OutboundRecord> STATUS = new OutputTag<>("document-status") {};
  static final OutputTag<ShardFreshness> FRESHNESS = new OutputTag<>("shard-freshness") {};

  /** Marks of what was said of the index, for those who stamp. */
  static final OutputTag<OutboundRecord> MARKS = new OutputTag<>("marks") {};

  /** Requests for shards of which something was lost. */
  static final OutputTag<OutboundRecord> REQUESTS = new OutputTag<>("requests") {};

  /** Which indexes had their time, as the version log tells. */
  static final OutputTag<IndexNews> ENDED = new OutputTag<>("ended") {};

  /** Shards whose documents all have a version. */
  static final OutputTag<ShardComplete> READY = new OutputTag<>("shards-ready") {};

  private Outputs() {}
}
