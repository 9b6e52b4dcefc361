package io.realmstream.deploy.wikipedia.dump;

import java.io.Closeable;

/** The pages of a dump, read in other threads a little ahead of whoever takes them. */
interface PagesAhead extends PageReader, Closeable {
  /** How many pages are behind whoever takes them; a later reader may skip so many. */
  long pages();

  @Override
  void close();
}
