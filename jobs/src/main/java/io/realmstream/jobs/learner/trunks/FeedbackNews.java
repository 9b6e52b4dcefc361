package io.realmstream.jobs.learner.trunks;

import io.realmstream.schemas.learning.Feedback;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a question.
 *
 * @param id of the feedback
 * @param feedback null = what was said before does not hold any more
 */
public record FeedbackNews(String id, @Nullable Feedback feedback) {}
