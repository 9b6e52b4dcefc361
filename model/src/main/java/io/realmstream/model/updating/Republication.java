package io.realmstream.model.updating;

/**
 * State: the last republication of a shard.
 *
 * @param round its number
 * @param underWay whether it has begun and not ended; a restore begins it anew
 */
public record Republication(long round, boolean underWay) {
  public static final Republication NONE = new Republication(0, false);
}
