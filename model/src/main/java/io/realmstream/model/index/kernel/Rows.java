package io.realmstream.model.index.kernel;

/**
 * Rows of int8 codes, one after the other, inside a block.
 *
 * @param block holds the codes; not copied
 * @param offset where row 0 begins
 * @param count how many rows there are
 */
public record Rows(byte[] block, int offset, int count) {}
