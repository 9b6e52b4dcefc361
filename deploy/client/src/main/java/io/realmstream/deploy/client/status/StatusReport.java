package io.realmstream.deploy.client.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.realmstream.deploy.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge base at one time; its fields are those of the JSON.
 *
 * @param at when the report was made
 * @param jobs Flink's; null = Flink was not asked or did not answer
 * @param wikis those that are followed; null = unknown
 */
public record StatusReport(
    Instant at,
    @JsonSerialize(nullsUsing = Unknown.class) @Nullable List<FlinkRest.Job> jobs,
    @JsonUnwrapped Documents documents,
    List<Version> versions,
    @JsonUnwrapped Freshness freshness,
    List<Lag> lags,
    @JsonUnwrapped Trouble trouble,
    @JsonSerialize(nullsUsing = Unknown.class) @Nullable List<Wiki> wikis) {

  /**
   * How many documents there are.
   *
   * @param passages of all live documents
   * @param failed those whose last edit failed
   */
  public record Documents(
      @JsonProperty("documents") long live,
      long passages,
      @JsonProperty("failedDocuments") long failed) {}

  /**
   * An index version.
   *
   * @param complete whether its index holds every document that was live when the index was
   *     announced
   */
  public record Version(
      @JsonProperty("version") int number,
      String state,
      boolean complete,
      String retriever,
      @Nullable String reason) {}

  /**
   * How old answers may be.
   *
   * @param indexedThrough every edit up to here has its vectors published; null = no updater has
   *     told
   * @param freshnessMs age of the oldest edit that may be missing from answers; null = unknown
   */
  public record Freshness(@Nullable Instant indexedThrough, @Nullable Long freshnessMs) {
    public static Freshness of(@Nullable Instant indexedThrough, Instant now) {
      return new Freshness(
          indexedThrough,
          indexedThrough == null
              ? null
              : Long.valueOf(Math.max(0, Duration.between(indexedThrough, now).toMillis())));
    }
  }

  /**
   * How far a job's source is behind its topic.
   *
   * @param reader the source, for instance {@code updater-documents}
   * @param records not read as of its last checkpoint; null = it never made one
   */
  public record Lag(String topic, String reader, @Nullable Long records) {}

  /**
   * What is not well.
   *
   * @param deadLetters records that nobody could use, as far back as the topic reaches
   * @param warnings what keeps answers from leaving, from being fresh, or from saying how fresh
   *     they are
   */
  public record Trouble(long deadLetters, List<String> warnings) {}

  /**
   * Whether what is held of a wiki was compared with the wiki itself.
   *
   * @param verifiedSince no page was verified longer ago; null = no audit has met all pages yet
   * @param unverifiedMs the age of that
   */
  public record Wiki(String wiki, @Nullable Instant verifiedSince, @Nullable Long unverifiedMs) {
    static Wiki of(String wiki, @Nullable Instant verifiedSince, Instant now) {
      return new Wiki(
          wiki,
          verifiedSince,
          verifiedSince == null
              ? null
              : Long.valueOf(Math.max(0, Duration.between(verifiedSince, now).toMillis())));
    }
  }

  /** How JSON says that nobody told. */
  private static final class Unknown extends JsonSerializer<Object> {
    @Override
    public void serialize(Object none, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString("unknown");
    }
  }
}
