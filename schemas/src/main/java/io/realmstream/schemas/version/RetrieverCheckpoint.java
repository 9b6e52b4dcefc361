package io.realmstream.schemas.version;

/**
 * A trained retriever with its reader, all by reference.
 *
 * @param retriever name of the line of checkpoints that this one continues; the topic's key
 * @param scoreScale factor of the retrieval score: f(x,z) = scoreScale * (q . e)
 */
public record RetrieverCheckpoint(
    String retriever,
    EncoderTower documentTower,
    EncoderTower queryTower,
    ReaderPart reader,
    double scoreScale) {}
