package io.realmstream.jobs.wikipedia.decode;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonRow;
import io.realmstream.schemas.wikipedia.Reason;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of the topic of Wikipedia events to statements. What is no statement becomes a
 * dead letter. Canaries of the feed, events of other wikis and gaps of the feed are only counted.
 */
public final class DecodeEventFunction extends ProcessFunction<InboundRecord, Statement> {
  public static final String UID = "decode-events";
  private static final long serialVersionUID = 1L;

  private final Set<String> wikis;
  private transient @Nullable Refusals refusals;
  private transient @Nullable Map<Reason, Counter> passedOver;
  private transient @Nullable Counter feedGaps;

  /**
   * @param wikis database names of the wikis that are followed
   */
  public DecodeEventFunction(Set<String> wikis) {
    this.wikis = Set.copyOf(wikis);
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals =
        new Refusals(UID, metrics, DeadLetters.Reason.MALFORMED, DeadLetters.Reason.TOO_LARGE);
    feedGaps = metrics.counter("feedGaps");
    passedOver = new EnumMap<>(Reason.class);
    for (Reason reason : List.of(Reason.CANARY, Reason.OTHER_WIKI)) {
      passedOver.put(reason, metrics.of("reason", reason).counter("passedOver"));
    }
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<Statement> out) {
    byte[] value = record.value();
    if (value == null) {
      refuse(record, context, DeadLetters.Reason.MALFORMED, "value: is null");
    } else if (value.length > Codecs.WIKIPEDIA_EVENT_BYTES_MAX) {
      String most = " bytes, at most " + Codecs.WIKIPEDIA_EVENT_BYTES_MAX + " are read";
      refuse(record, context, DeadLetters.Reason.TOO_LARGE, "record of " + value.length + most);
    } else {
      decode(record, value, context, out);
    }
  }

  private void decode(
      InboundRecord record, byte[] value, Context context, Collector<Statement> out) {
    try {
      for (Statement statement : statements(value)) {
        if (wikis.contains(statement.wiki())) {
          out.collect(statement);
        } else {
          passOver(Reason.OTHER_WIKI);
        }
      }
    } catch (BadRecordException e) {
      refuse(record, context, DeadLetters.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private List<Statement> statements(byte[] value) throws BadRecordException {
    List<JsonRow> rows = JsonRow.ofLine(value);
    if (rows.size() != 1) {
      throw new BadRecordException("record: must be one JSON object");
    }
    EventFields event = new EventFields(rows.get(0).tree(), "");
    if (event.object("meta").text("domain").equals("canary")) {
      passOver(Reason.CANARY);
      return List.of();
    }
    String schema = event.text("$schema");
    if (schema.equals(WikipediaObserved.SCHEMA)) {
      return List.of(Observations.of(Codecs.WIKIPEDIA_OBSERVED.decode(value)));
    }
    if (schema.equals(WikipediaGap.SCHEMA)) {
      count(Codecs.WIKIPEDIA_GAP.decode(value));
      return List.of();
    }
    if (schema.startsWith("/mediawiki/page/change/")) {
      return PageChanges.ofChange(event);
    }
    if (schema.startsWith("/mediawiki/revision/visibility-change/")) {
      return PageChanges.ofVisibility(event);
    }
    throw event.refused("$schema", "must be one of those in TOPICS.md");
  }

  private void count(WikipediaGap gap) {
    if (wikis.contains(gap.wiki())) {
      Objects.requireNonNull(feedGaps).inc();
    } else {
      passOver(Reason.OTHER_WIKI);
    }
  }

  private void passOver(Reason reason) {
    Objects.requireNonNull(Objects.requireNonNull(passedOver).get(reason)).inc();
  }

  private void refuse(
      InboundRecord record, Context context, DeadLetters.Reason reason, String message) {
    context.output(
        DeadLetters.TAG, Objects.requireNonNull(refusals).refuse(record, reason, message));
  }
}
