package io.realmstream.schemas.answer;

/** The answer to the query of the same id. */
public record Answer(String id, AnswerResult result, AnswerRun run) {}
