package io.realmstream.model.learning.gate;

/**
 * A question of a held-out document.
 *
 * @param group what is drawn together: the document, or the article that several belong to
 * @param before rank of the accepted passage by the version in force, from 1
 * @param after rank by the candidate
 */
public record JudgedQuestion(String group, int before, int after) {}
