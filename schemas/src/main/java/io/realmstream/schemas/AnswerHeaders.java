package io.realmstream.schemas;

/** The headers that a record on the answers topic carries beside those of its query. */
public final class AnswerHeaders {
  /**
   * Present when not all headers of the query are carried on: how many are missing, as decimal
   * text. Those are carried on, in their order, that fit into {@link #CARRIED_BYTES_MAX}.
   */
  public static final String DROPPED = "realm_answer_headers_dropped";

  /** Limit on the carried headers together: keys, values, and ten bytes for each. */
  public static final int CARRIED_BYTES_MAX = 48 << 10;

  private AnswerHeaders() {}
}
