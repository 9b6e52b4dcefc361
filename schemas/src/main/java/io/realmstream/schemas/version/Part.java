package io.realmstream.schemas.version;

/**
 * A file of a checkpoint.
 *
 * @param uri where to read it: classpath:, file: or another allowed scheme
 * @param sha256 64 hexadecimal digits, lower case
 */
public record Part(String uri, String sha256) {}
