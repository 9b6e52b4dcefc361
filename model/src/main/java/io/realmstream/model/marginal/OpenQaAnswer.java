package io.realmstream.model.marginal;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question's answer with its evidence.
 *
 * @param status ANSWERED, NO_ANSWER (no span is an answer, or the best is withheld) or
 *     NO_CANDIDATES
 * @param answer text of the best span and p(y|x); null unless ANSWERED
 * @param withheld the best answer if thresholds withhold it; else null
 * @param runnersUp next best answers, best first
 * @param noAnswerMass probability of "no answer" over all passages (spec rule B4)
 * @param emptySpanMass probability of spans that normalize to the empty string, which are no
 *     answers
 * @param unreadMass p(z|x) of the passages that were to be read and are not. This, the other two
 *     and p(y|x) of all strings sum to 1; without candidates all are 0
 * @param passages all candidates by rank
 */
public record OpenQaAnswer(
    AnswerStatus status,
    @Nullable AnswerCandidate answer,
    @Nullable AnswerCandidate withheld,
    List<AnswerCandidate> runnersUp,
    double noAnswerMass,
    double emptySpanMass,
    double unreadMass,
    List<PassageEvidence> passages) {}
