package io.realmstream.schemas.learning;

/**
 * How far learning has come.
 *
 * @param pass number of the pass, from 1; 0 = before the first
 * @param steps of all passes
 * @param passages that are live
 * @param sentences of them that are learned from
 * @param loss mean over the last round of the pass, in nats; 0 where a version was looked back at
 */
public record LearningProgress(long pass, long steps, long passages, long sentences, double loss) {}
