package io.realmstream.model.serving.revision;

/**
 * A passage that went away.
 *
 * @param number of the replaced revision that had it last
 */
public record DepartedPassage(StoredPassage text, long number) {}
