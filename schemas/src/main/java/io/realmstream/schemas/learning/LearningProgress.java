package io.realmstream.schemas.learning;

/**
 * How far learning has come.
 *
 * @param pass number of the pass, from 1
 * @param steps of all passes
 * @param passages that are live
 * @param sentences of them that are learned from
 * @param loss mean over the last round of the pass, in nats
 */
public record LearningProgress(long pass, long steps, long passages, long sentences, double loss) {}
