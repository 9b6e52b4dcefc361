package io.realmstream.deploy.wikipedia.dump;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pages of a dump in one of its forms, in the order in which they stand. */
interface PageReader {
  /** Text of a page that is taken at most, in bytes of UTF-8: 4 MiB. */
  int TEXT_BYTES_MAX = 4 << 20;

  /**
   * The next page; null at the end.
   *
   * @throws IOException if nothing can be read from here on
   */
  @Nullable DumpPage next() throws IOException;
}
