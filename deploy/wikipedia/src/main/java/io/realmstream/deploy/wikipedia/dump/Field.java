package io.realmstream.deploy.wikipedia.dump;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a dump says of a page, with the place of each in an export. */
enum Field {
  WIKI("/mediawiki/siteinfo/dbname"),
  PAGE("/mediawiki/page"),
  TITLE("/mediawiki/page/title"),
  NAMESPACE("/mediawiki/page/ns"),
  PAGE_ID("/mediawiki/page/id"),
  /** There if the page points to another one. */
  REDIRECT("/mediawiki/page/redirect"),
  REVISION("/mediawiki/page/revision"),
  REVISION_ID("/mediawiki/page/revision/id"),
  TIME("/mediawiki/page/revision/timestamp"),
  MODEL("/mediawiki/page/revision/model"),
  /** Of the main slot; further slots have another path. Absent if it is not at hand. */
  TEXT("/mediawiki/page/revision/text"),
  /** There if somebody has hidden the text. */
  HIDDEN("/mediawiki/page/revision/text/@deleted");

  private static final Map<String, Field> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(f -> f.path, Function.identity()));

  private final String path;

  Field(String path) {
    this.path = path;
  }

  /**
   * The field at a place of an export.
   *
   * @param path names of the open elements, each behind a slash
   */
  static @Nullable Field at(String path) {
    return BY_PATH.get(path);
  }

  boolean isOfRevision() {
    return compareTo(REVISION) > 0;
  }
}
