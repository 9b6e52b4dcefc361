package io.realmstream.deploy.client.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter; its fields are those of the JSON.
 *
 * @param sent whether it is replayed; null when that was not tried
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterReport(
    long number,
    Instant at,
    @JsonUnwrapped Place place,
    @JsonUnwrapped Refusal refusal,
    String id,
    @JsonUnwrapped Content content,
    @Nullable Boolean sent) {

  /** Where the refused record stood. */
  public record Place(String topic, String partition, String offset) {}

  /** Who refused it and why. */
  public record Refusal(String stage, @JsonProperty("class") String reason, String message) {}

  /**
   * The refused record's value.
   *
   * @param kept what is kept of a truncated one, in words
   * @param value if it is UTF-8
   * @param valueBase64 if it is not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Content(
      int bytes,
      boolean truncated,
      @Nullable String kept,
      @Nullable String value,
      byte @Nullable [] valueBase64) {}
}
