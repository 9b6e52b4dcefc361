package io.realmstream.model.encoder;

/**
 * What a text is before the projection: from here on no transformer is needed.
 *
 * @param pooled finite elements, as many as the trunk has dimensions
 * @param truncated whether the text was longer than the tower's limit
 */
public record TrunkOutput(float[] pooled, boolean truncated) {}
