package io.realmstream.schemas.answer;

import java.util.List;

/**
 * What may stand for one mask.
 *
 * @param words the most probable ones by themselves, best first (spec rule A1)
 */
public record MaskWords(List<AnswerCandidate> words) {}
