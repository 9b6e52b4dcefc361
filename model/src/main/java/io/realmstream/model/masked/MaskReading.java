package io.realmstream.model.masked;

/**
 * What the reader saw of one candidate: the head's logits at each mask of the question.
 *
 * @param logits {@code [masks][vocabulary]}, finite
 * @param truncated whether the passage was cut to fit the reader's input
 */
public record MaskReading(float[][] logits, boolean truncated) {
  /** Of a candidate that was left unread. */
  public static final MaskReading UNREAD = new MaskReading(new float[0][], false);

  public boolean isUnread() {
    return logits.length == 0;
  }
}
