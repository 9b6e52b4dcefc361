package io.realmstream.model.encoder;

/**
 * A text's vector.
 *
 * @param vector finite elements, of length 1 when the tower normalizes
 * @param truncated whether the text was longer than the tower's limit, so that its tail is not in
 *     the vector
 */
public record Embedding(float[] vector, boolean truncated) {}
