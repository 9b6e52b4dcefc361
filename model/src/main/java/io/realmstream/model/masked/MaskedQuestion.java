package io.realmstream.model.masked;

import io.realmstream.schemas.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * A question whose masks are known.
 *
 * @param tokens ids of its tokens, cut at the reader's limit
 * @param masks places of the masks among them
 */
public record MaskedQuestion(long[] tokens, int[] masks) {
  /** How a mask is written. */
  public static final String MASK = "[MASK]";

  private static final int MASKS_MAX = 10;

  /** Of masks times candidates: each holds a vocabulary of logits until the answer is made. */
  private static final int DISTRIBUTIONS_MAX = 200;

  /** How many masks a text has. */
  public static int masks(String text) {
    return (text.length() - text.replace(MASK, "").length()) / MASK.length();
  }

  /** Why a question of MASKED_LM is not answered, whatever reads it; null = it is. */
  public static @Nullable String refusal(Query query) {
    int masks = masks(query.text());
    if (masks == 0 || masks > MASKS_MAX) {
      return "text: must have 1 to %d masks %s (has %d)".formatted(MASKS_MAX, MASK, masks);
    }
    int most = DISTRIBUTIONS_MAX / masks;
    if (query.passages() > most) {
      return "k: with masks: %d, must be at most %d (is %d)"
          .formatted(masks, most, query.passages());
    }
    return query.scope().readPassages() == null
        ? null
        : "readPassages: must be absent for MASKED_LM";
  }
}
