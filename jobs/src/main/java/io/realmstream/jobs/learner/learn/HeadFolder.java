package io.realmstream.jobs.learner.learn;

import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** The folder of learned heads. A head's name is its content, so no file ever changes. */
final class HeadFolder {
  private static final int NAME_DIGITS = 32;

  private final Path directory;

  HeadFolder(String directory) {
    this.directory = Path.of(directory);
  }

  /** Where a head will be, whether or not it is there. */
  Part part(byte[] head) {
    String digest = sha256(head);
    return new Part(file(digest).toUri().toString(), digest);
  }

  /** Writes a head, unless it is there. A file that is there is whole. */
  void write(byte[] head) {
    Path file = file(sha256(head));
    try {
      if (Files.exists(file)) {
        return;
      }
      Files.createDirectories(directory);
      Path partial = directory.resolve(UUID.randomUUID() + ".partial");
      try {
        Files.write(partial, head, StandardOpenOption.CREATE_NEW, StandardOpenOption.DSYNC);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a learned head cannot be written to " + directory, e);
    }
  }

  private Path file(String digest) {
    return directory.resolve("projection-%s.onnx".formatted(digest.substring(0, NAME_DIGITS)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
