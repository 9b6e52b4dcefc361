package io.realmstream.model.masked;

/**
 * What the reader saw of one candidate: the head's logits at each mask of the question.
 *
 * @param logits {@code [masks][vocabulary]}, finite
 * @param truncated whether the passage was cut to fit the reader's input
 */
public record MaskReading(float[][] logits, boolean truncated) {}
