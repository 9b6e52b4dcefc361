package io.realmstream.deploy.door.events;

import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader of events may ask for. */
enum EventKind {
  /** What became of an edit. */
  STATUS,
  /** A proposal of the version log. */
  VERSION,
  /** How fresh answers are. */
  FRESHNESS;

  /**
   * Those of a query parameter.
   *
   * @param words separated by commas; null = all
   */
  static Set<EventKind> of(@Nullable String words) {
    if (words == null) {
      return EnumSet.allOf(EventKind.class);
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : words.split(",", -1)) {
      kinds.add(named(word));
    }
    return kinds;
  }

  private static EventKind named(String word) {
    for (EventKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Refusal.badRequest("topics: must be some of status,version,freshness");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String topic(Topics topics) {
    return switch (this) {
      case STATUS -> topics.documentStatus();
      case VERSION -> topics.indexVersions();
      case FRESHNESS -> topics.freshness();
    };
  }

  /** A record in one line; null when it is none of its topic. */
  @Nullable String line(byte @Nullable [] value) {
    return value == null
        ? null
        : switch (this) {
          case STATUS -> line(Codecs.DOCUMENT_STATUS, value);
          case VERSION -> line(Codecs.VERSION_PROPOSAL, value);
          case FRESHNESS -> line(Codecs.FRESHNESS, value);
        };
  }

  private static <T> @Nullable String line(JsonCodec<T> codec, byte[] value) {
    try {
      return new String(codec.encode(codec.decode(value)), StandardCharsets.UTF_8);
    } catch (BadRecordException e) {
      return null;
    }
  }
}
