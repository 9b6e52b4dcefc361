package io.realmstream.model.checkpoint;

import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Parts for tests: those on the class path, and files written by hand. */
public final class TestParts {
  private TestParts() {}

  /** A cache in that directory of parts on the class path and in files. */
  public static PartCache cache(Path directory) {
    return new PartCache(directory, PartOpener.local(TestParts.class.getClassLoader()));
  }

  /** Writes the file into the directory. */
  public static Part write(Path directory, String name, byte[] content)
      throws IOException, NoSuchAlgorithmException {
    Path file = Files.write(directory.resolve(name), content);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    return new Part(file.toUri().toString(), HexFormat.of().formatHex(digest));
  }
}
