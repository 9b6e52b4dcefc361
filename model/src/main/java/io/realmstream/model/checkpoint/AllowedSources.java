package io.realmstream.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens only what begins as one of a list of URIs does: whoever may publish a checkpoint must not
 * choose which files of this machine are read. Files are compared where they really are, behind
 * every link and every "..".
 */
public final class AllowedSources implements PartOpener {
  private final List<String> beginnings;
  private final PartOpener opener;

  /**
   * @param beginnings for instance {@code classpath:} or {@code file:/models}; a file's folder is
   *     taken whole
   */
  public AllowedSources(List<String> beginnings, PartOpener opener) {
    this.beginnings = List.copyOf(beginnings);
    this.opener = opener;
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    boolean allowed =
        "file".equals(uri.getScheme()) ? isAllowedFile(uri) : isAllowed(uri.toString());
    if (!allowed) {
      throw new ForbiddenPartException("is not from an allowed source " + beginnings);
    }
    return opener.open(uri);
  }

  private boolean isAllowed(String uri) {
    return beginnings.stream().anyMatch(uri::startsWith);
  }

  private boolean isAllowedFile(URI uri) throws IOException {
    Path file = path(uri).toRealPath();
    for (String beginning : beginnings) {
      if (beginning.startsWith("file:") && file.startsWith(real(path(URI.create(beginning))))) {
        return true;
      }
    }
    return false;
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize(); // nothing is in it
    }
  }

  private static Path path(URI uri) throws IOException {
    try {
      return Path.of(uri);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a path: " + e.getMessage(), e);
    }
  }
}
