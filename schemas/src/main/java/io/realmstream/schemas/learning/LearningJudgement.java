package io.realmstream.schemas.learning;

import org.jspecify.annotations.Nullable;

/**
 * How what was learned compares with the version in force, or that with the one before.
 *
 * @param questions sentences of held-out documents, or feedback on them
 * @param documents that they are from
 * @param feedback how many of the questions are feedback: all, or none
 * @param first recall@1; null = there was too little to compare
 * @param fifth recall@5; null = there was too little to compare
 */
public record LearningJudgement(
    long questions,
    long documents,
    long feedback,
    @Nullable RecallChange first,
    @Nullable RecallChange fifth) {}
