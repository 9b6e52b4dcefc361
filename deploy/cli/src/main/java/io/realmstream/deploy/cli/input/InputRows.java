package io.realmstream.deploy.cli.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file, in order. */
interface InputRows extends Closeable {
  /** The next row; null at the end. */
  @Nullable InputRow next() throws IOException;

  /** The last line that could be read; 0 before the first. */
  long line();

  /** How much of the file has been read, in bytes as they lie on disk. */
  long bytesRead() throws IOException;
}
