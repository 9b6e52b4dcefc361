package io.realmstream.model.learning.live;

/**
 * State: a live passage.
 *
 * @param title its document's; may be empty
 * @param trunk output of the document trunk
 */
public record LearnedPassage(String document, String title, String text, float[] trunk) {}
