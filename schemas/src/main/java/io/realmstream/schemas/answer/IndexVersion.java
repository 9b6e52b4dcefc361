package io.realmstream.schemas.answer;

/**
 * What answered, by digest (32 hexadecimal digits each).
 *
 * @param number build number of the version
 * @param partition digest of the partition routed by: {@code flat-N} names N hash shards
 */
public record IndexVersion(
    int number, String documentTower, String queryTower, String reader, String partition) {}
