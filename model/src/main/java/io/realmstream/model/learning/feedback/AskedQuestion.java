package io.realmstream.model.learning.feedback;

import java.util.Set;

/**
 * A question as a judge asks it.
 *
 * @param documents each of which is accepted
 * @param query output of the query trunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AskedQuestion(String question, Set<String> documents, float[] query) {}
