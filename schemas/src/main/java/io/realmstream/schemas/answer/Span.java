package io.realmstream.schemas.answer;

/**
 * A quotation from a passage.
 *
 * @param start offset of its first character in the passage's text, in UTF-16 units
 * @param end offset behind its last character
 */
public record Span(String text, int start, int end) {}
