package io.realmstream.model.text;

/**
 * A passage of a text: {@code text.substring(start, end)}, without white space at its ends.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param end offset behind its last
 */
public record PassageText(String text, int start, int end) {}
