package io.realmstream.model.index.store;

/**
 * Names a cell: part of the vector space of one retriever version under one partition.
 *
 * @param version the retriever version's build number
 * @param partition which division of that version's vectors into cells
 * @param cell the cell's number in that partition, from 0
 */
public record CellId(int version, int partition, int cell) {}
