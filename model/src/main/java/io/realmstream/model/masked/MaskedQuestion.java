package io.realmstream.model.masked;

import io.realmstream.schemas.query.QueryScope;
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

  /** How many masks a text has. */
  public static int masks(String text) {
    return (text.length() - text.replace(MASK, "").length()) / MASK.length();
  }

  /** Why a question of so many masks is not answered; null = it is. */
  public static @Nullable String refusal(int masks, QueryScope scope) {
    if (masks == 0 || masks > MASKS_MAX) {
      return "text: must have 1 to %d masks %s (has %d)".formatted(MASKS_MAX, MASK, masks);
    }
    return scope.readPassages() == null
        ? null
        : "readPassages: must be absent, MASKED_LM reads all passages";
  }
}
