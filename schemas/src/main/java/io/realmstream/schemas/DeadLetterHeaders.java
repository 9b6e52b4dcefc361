package io.realmstream.schemas;

/** The headers that a record on the dead-letter topic carries beside the original key and bytes. */
public final class DeadLetterHeaders {
  /** Topic that the record was read from. */
  public static final String TOPIC = "realm_dead_letter_topic";

  /** Partition that it was read from, as decimal text. */
  public static final String PARTITION = "realm_dead_letter_partition";

  /** Offset that it was read at, as decimal text. */
  public static final String OFFSET = "realm_dead_letter_offset";

  /** uid of the operator that refused it. */
  public static final String STAGE = "realm_dead_letter_stage";

  /** Reason in a word, stable for counting: MALFORMED, TOO_LARGE, EMBEDDING, ... */
  public static final String CLASS = "realm_dead_letter_class";

  /** Reason in a sentence, naming field and limit. */
  public static final String MESSAGE = "realm_dead_letter_message";

  /** Present and {@code true} when only the first MiB of the original value is kept. */
  public static final String TRUNCATED = "realm_dead_letter_truncated";

  private DeadLetterHeaders() {}
}
