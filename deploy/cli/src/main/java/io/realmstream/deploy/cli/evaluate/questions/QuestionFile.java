package io.realmstream.deploy.cli.evaluate.questions;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of questions, held in memory. A stream can be read only once, and questions that are asked
 * twice must be the same.
 *
 * @param name as on the command line; - = standard input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QuestionFile(String name, byte[] bytes) {
  private static final int BYTES_MAX = 128 << 20;

  /**
   * Reads it.
   *
   * @throws CommandFailure USAGE if it cannot be read, or is too large
   */
  public static QuestionFile read(Path file, Streams streams) throws IOException {
    boolean isStandardInput = file.toString().equals("-");
    if (!isStandardInput && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw CommandFailure.usage(
          "cannot read " + file + (Files.isDirectory(file) ? ": it is a folder" : ""));
    }
    try (InputStream input =
        isStandardInput
            ? streams.in()
            // a FileInputStream alone would ask for its position, which a pipe does not have
            : new BufferedInputStream(new FileInputStream(file.toFile()))) {
      byte[] bytes = input.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw CommandFailure.usage(file + ": more than " + BYTES_MAX + " bytes");
      }
      return new QuestionFile(file.toString(), bytes);
    }
  }

  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
