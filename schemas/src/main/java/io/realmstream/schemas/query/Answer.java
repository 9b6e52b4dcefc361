package io.realmstream.schemas.query;

/** The answer to the query of the same id. */
public record Answer(String id, AnswerResult result, AnswerRun run) {}
