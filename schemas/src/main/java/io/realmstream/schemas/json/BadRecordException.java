package io.realmstream.schemas.json;

/** Bytes that are no record of their topic; the message names field and limit. */
public final class BadRecordException extends Exception {
  public BadRecordException(String message) {
    super(message);
  }
}
