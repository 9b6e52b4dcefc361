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

  /**
   * Present and {@code true} when not all of the original is kept: of its value only the first MiB,
   * of its key the first 64 KiB, or of its headers those that fit into a MiB.
   */
  public static final String TRUNCATED = "realm_dead_letter_truncated";

  /** Present with {@link #TRUNCATED}: what is kept, like {@code key: 65536 of 8000000 bytes}. */
  public static final String KEPT = "realm_dead_letter_kept";

  private DeadLetterHeaders() {}
}
