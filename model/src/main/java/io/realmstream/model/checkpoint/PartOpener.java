package io.realmstream.model.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A way to read the parts of a checkpoint. */
@FunctionalInterface
public interface PartOpener {

  /**
   * Opens what the URI names; the caller closes it.
   *
   * @throws IOException if there is no such thing, or the scheme is not allowed; the message says
   *     which
   */
  InputStream open(URI uri) throws IOException;

  /**
   * Opens {@code classpath:} (a resource's full name, as in {@code classpath:a/b.onnx}) through the
   * class loader, and {@code file:}; refuses every other scheme.
   */
  static PartOpener local(ClassLoader classes) {
    return uri -> {
      String scheme = String.valueOf(uri.getScheme());
      return switch (scheme) {
        case "classpath" -> resource(classes, uri);
        case "file" -> file(uri);
        default ->
            throw new ForbiddenPartException(
                "scheme " + scheme + ": is not allowed, only classpath: and file: are");
      };
    };
  }

  private static InputStream resource(ClassLoader classes, URI uri) throws IOException {
    String name = uri.getSchemeSpecificPart();
    InputStream stream =
        classes.getResourceAsStream(name.startsWith("/") ? name.substring(1) : name);
    if (stream == null) {
      throw new FileNotFoundException("no such resource on the class path");
    }
    return stream;
  }

  private static InputStream file(URI uri) throws IOException {
    Path path;
    try {
      path = Path.of(uri);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a path: " + e.getMessage(), e);
    }
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException("no such file");
    }
    return Files.newInputStream(path);
  }
}
