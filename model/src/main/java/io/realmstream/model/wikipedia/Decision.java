package io.realmstream.model.wikipedia;

import io.realmstream.schemas.wikipedia.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a statement.
 *
 * @param next the page's state; its document revision is that of the action, and of the publication
 *     where there are two
 * @param reason null = none is needed
 */
public record Decision(PageState next, Action action, @Nullable Reason reason) {}
