package io.realmstream.model.wikipedia;

import io.realmstream.schemas.wikipedia.TextFormat;

/**
 * The text of a page's revision.
 *
 * @param cut whether it is beyond a limit and ends there
 */
public record PageText(String text, TextFormat format, boolean cut) {}
